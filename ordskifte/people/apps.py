from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ordskifte.people"
    label = "people"
