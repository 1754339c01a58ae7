from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "ordskifte.archive"
    label = "archive"
