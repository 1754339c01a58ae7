"""Bokmål and nynorsk over a year, and whether each text is in the form it is said to be in.

State bodies use at least a quarter of each form in what they publish (språklova § 13); many others have set themselves
the same. Below twenty posts a share says nothing.
"""

from typing import Final

from django.utils.translation import gettext as _

from ordskifte.language.triage import assess
from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.forms import language_name
from ordskifte.publish.checks.post import Post

ENOUGH: Final = 20
QUARTER: Final = 0.25
FEWEST_WORDS: Final = 15  # with fewer, forms that both have in common are too many


def written_form_share(post: Post) -> list[Finding]:
    found = []
    for one in post.texts:
        said = assess(one.text) if len(one.text.split()) >= FEWEST_WORDS else None
        if said and said.lang_sure and said.lang in ("nb", "nn", "en") and said.lang != one.language:
            names = {"said": language_name(one.language), "found": language_name(said.lang)}
            what = _("It is said to be %(said)s, and reads as %(found)s") % names
            found.append(Finding("written_form", "warn", what, _("Choose the right form, or mend the words.")))
    nynorsk, bokmaal = post.share
    used = {one.language for one in post.texts}
    rare, count = ("nn", nynorsk) if nynorsk <= bokmaal else ("nb", bokmaal)
    every = nynorsk + bokmaal
    figures = {"n": nynorsk, "all": every}
    if every >= ENOUGH and count < every * QUARTER and rare not in used and used & {"nb", "nn"}:
        what = _("Nynorsk %(n)s of %(all)s posts this year: less than a quarter of each form") % figures
        if rare == "nb":
            what = _("Bokmål %(n)s of %(all)s posts this year: less than a quarter of each form") % {
                "n": bokmaal,
                "all": every,
            }
        how = _("Write this one in %(form)s, or in both.") % {"form": language_name(rare)}
        found.append(Finding("written_form", "warn", what, how, key=f"share {rare}"))
    if found or not every:
        return found
    return [Finding("written_form", "ok", _("Nynorsk %(n)s of %(all)s posts this year") % figures)]
