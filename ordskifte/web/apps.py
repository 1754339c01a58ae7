from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ordskifte.web"
    label = "web"
