from django.apps import AppConfig


class PublishConfig(AppConfig):
    name = "ordskifte.publish"
    label = "publish"
