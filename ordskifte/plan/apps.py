from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "ordskifte.plan"
    label = "plan"
