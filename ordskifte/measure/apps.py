from django.apps import AppConfig


class MeasureConfig(AppConfig):
    name = "ordskifte.measure"
    label = "measure"
