from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "ordskifte.threads"
    label = "threads"
