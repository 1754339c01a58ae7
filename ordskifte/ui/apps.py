from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ordskifte.ui"
    label = "ui"
