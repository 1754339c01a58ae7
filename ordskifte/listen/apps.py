from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "ordskifte.listen"
    label = "listen"
