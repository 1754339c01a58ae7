"""Names of the languages and written forms we write in."""

from django.utils.translation import gettext as _


def language_name(code: str) -> str:
    names = {"nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("English"), "se": _("Northern Sámi")}
    return names.get(code, _("another language"))
