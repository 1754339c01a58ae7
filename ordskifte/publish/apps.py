from django.apps import AppConfig


class PublishConfig(AppConfig):
    name = "ordskifte.publish"
    label = "publish"

    def ready(self) -> None:
        from ordskifte.publish.sayings import ACTS
        from ordskifte.threads.acts_shown import NAMED

        NAMED.update(ACTS)
