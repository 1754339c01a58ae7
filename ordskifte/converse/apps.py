from django.apps import AppConfig


class ConverseConfig(AppConfig):
    name = "ordskifte.converse"
    label = "converse"

    def ready(self) -> None:
        from ordskifte.converse.moderation.names import ACTS
        from ordskifte.threads.acts_shown import NAMED
        from ordskifte.ui import act_words

        NAMED.update({**act_words.ACTS, **ACTS})
