from django.apps import AppConfig


class ArenaConfig(AppConfig):
    name = "ordskifte.arena"
    label = "arena"
