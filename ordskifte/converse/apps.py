from django.apps import AppConfig


class ConverseConfig(AppConfig):
    name = "ordskifte.converse"
    label = "converse"
