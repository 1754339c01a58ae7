"""From a query to what PostgreSQL looks for: stems, other spellings, and the tags that stand for filters.

Lexemes come from PostgreSQL's own parser and are put together from its own, already quoted text: nothing a person
typed is ever read as an operator.
"""

import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower

from ordskifte.language.spelling import typed_without_keys, variants
from ordskifte.plan.models import Channel
from ordskifte.threads.models import Author
from ordskifte.threads.search_query import Query, Term

NORWEGIAN, ENGLISH = "ordskifte_nb", "ordskifte_en"
_MOST_AUTHORS = 200
_EDGES = re.compile(r"^\W+|\W+$")
_LEXEME = re.compile(r"'((?:[^']|'')*)'")
_FOLLOWED_BY = re.compile(r"<(?:-|\d+)>")  # no lexeme holds a <: it is no part of a word
_LEXEMES_SQL = """
select phraseto_tsquery(config::regconfig, ordskifte_words(words))::text
  from unnest(%s::text[], %s::text[]) with ordinality as asked (config, words, place)
 order by place
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """`tsquery`: text of a tsquery, "" when nothing can match. `near`: what the index alone can tell of it, without the
    order of words and without what must not be there. `marks`: runs of lexemes to mark, a start as `word*`. `also`:
    words that were added to those typed."""

    tsquery: str
    near: str = ""
    marks: tuple[tuple[str, ...], ...] = ()
    also: tuple[str, ...] = ()
    positive: bool = True  # something in it must be there, so that the index can be asked without a period


NOTHING = Sought(tsquery="")


def sought_by(query: Query, *, exact: bool, keyless: bool = False) -> Sought:
    """What to look for. `exact` adds no spellings; `keyless` reads words as typed without æ, ø and å. At most three
    statements."""
    if not query.asks:
        return NOTHING
    filters = [_channel_tags(name) for name in query.channels] + [_author_tags(name) for name in query.authors]
    if not all(filters):
        return NOTHING
    terms = [term for terms in query.wanted for term in terms]
    lexed = _lexed({term: _forms(term, exact=exact, keyless=keyless) for term in [*terms, *query.unwanted]})
    wanted = [_any([text for term in terms for _, text in lexed[term]]) for terms in query.wanted]
    unwanted = [_any([text for _, text in lexed[term]]) for term in query.unwanted]
    if query.wanted and not any(wanted):
        return NOTHING
    tags = [_any([f"'{tag}'" for tag in sorted(tags)]) for tags in filters]
    parts = [*tags, *filter(None, wanted)]
    return Sought(
        tsquery=" & ".join([*parts, *(f"!{part}" for part in unwanted if part)]),
        near=_FOLLOWED_BY.sub("&", " & ".join(parts)),
        marks=tuple(dict.fromkeys(_mark(text) for term in terms for _, text in lexed[term])),
        also=_also({term: [words for words, _ in lexed[term]] for term in terms}),
        positive=bool(parts),
    )


def _forms(term: Term, *, exact: bool, keyless: bool) -> list[tuple[str, str]]:
    """(configuration, words) of everything a term may stand for, the term itself first."""
    forms = [(NORWEGIAN, term.text)]
    if exact:
        return forms
    if term.form == "word":
        word = _EDGES.sub("", term.text)
        others = variants(word) + (typed_without_keys(word) if keyless else [])
        forms += [(NORWEGIAN, other) for other in others]
    return [*forms, (ENGLISH, term.text)]


def _lexed(asked: dict[Term, list[tuple[str, str]]]) -> dict[Term, list[tuple[str, str]]]:
    """For each term (words, tsquery text) of its forms, but those that have no lexeme or an earlier form's."""
    flat = [form for forms in asked.values() for form in forms]
    with connection.cursor() as cursor:
        cursor.execute(_LEXEMES_SQL, [[config for config, _ in flat], [words for _, words in flat]])
        answers = iter([text for (text,) in cursor.fetchall()])
    found = {}
    for term, forms in asked.items():
        by_text: dict[str, str] = {}
        for _, words in forms:
            by_text.setdefault(next(answers), words)
        if term.form == "start":
            by_text.setdefault(f"'{term.text}':*", term.text)
        found[term] = [(words, text) for text, words in by_text.items() if text]
    return found


def _any(parts: list[str]) -> str:
    found = list(dict.fromkeys(part for part in parts if part))
    return f"( {' | '.join(f'( {part} )' for part in found)} )" if found else ""


def _mark(text: str) -> tuple[str, ...]:
    """The lexemes of a tsquery text in their order; a start keeps its star."""
    lexemes = tuple(found.replace("''", "'") for found in _LEXEME.findall(text))
    if text.endswith(":*"):
        return (f"{lexemes[0]}*",)
    return lexemes


def _also(searched: dict[Term, list[str]]) -> tuple[str, ...]:
    """The words that were searched for beside those typed."""
    typed = {term.text.lower() for term in searched}
    return tuple(dict.fromkeys(word for words in searched.values() for word in words if word.lower() not in typed))


# --- filters


def _channel_tags(name: str) -> set[str]:
    """Tags of the channels called so: by name or handle in full, else by kind, else by a part of the name."""
    wanted = name.casefold().lstrip("@")
    channels = list(Channel.objects.values_list("id", "name", "handle", "kind"))
    for fits in (
        lambda row: wanted in (row[1].casefold(), row[2].casefold().lstrip("@")),
        lambda row: wanted == row[3].casefold(),
        lambda row: wanted in row[1].casefold() or wanted in row[2].casefold(),
    ):
        found = {f"~c{row[0].hex[:12]}" for row in channels if fits(row)}
        if found:
            return found
    return set()


def _author_tags(name: str) -> set[str]:
    """Tags of the authors with this handle or name, or whose handle or name begins so; at most 200 of them."""
    wanted = name.strip().lower()
    bare = wanted.lstrip("@")
    starts = [f"@{bare}", bare] if bare != wanted else [bare, f"@{bare}"]
    authors = Author.objects.annotate(lower_handle=Lower("handle"), lower_name=Lower("name"))
    full = Q(lower_handle__in=starts) | Q(lower_name=wanted)
    begun = Q()
    for start in starts:
        begun |= Q(lower_handle__startswith=start)
    if not name.startswith("@"):
        begun |= Q(lower_name__startswith=wanted)
    later = Q(lower_name__contains=f" {wanted}")  # a family name; reads every author, so it comes last
    for condition in (full, begun, later):
        found = {f"~a{pk.hex[:12]}" for pk in authors.filter(condition).values_list("id", flat=True)[:_MOST_AUTHORS]}
        if found:
            return found
    return set()
