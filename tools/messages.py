"""The interface's sentences: `extract` finds them, `compile` writes what the program reads, `check` judges them.

Message ids are English. Bokmål is the default and nynorsk stands beside it; both are whole, or `check` fails. Needs
Babel and nothing else: Django's own makemessages wants the gettext binaries.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import trim_whitespace

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "ordskifte"
LANGUAGES = ("nb", "nn")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
CONSTANTS = (
    "channels/reasons.py",
    "channels/setup.py",
    "language/kinds.py",
    "language/personal/*.py",
    "language/signals/*.py",
    "publish/reasons.py",
)
"""Modules whose constants are sentences that pages translate, though the modules know no Django."""

Found = str | tuple[str, str]
_IN_TAG = re.compile(r"""_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def found_in_python(path: Path) -> Iterator[Found]:
    """Every sentence a module hands to gettext."""
    for _line, message, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
        yield message if isinstance(message, str) else (message[0], message[1])


def found_in_constants(path: Path) -> Iterator[Found]:
    """Every text that is a module's public constant (`NAME: Final = "..."`)."""
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        public = isinstance(target, ast.Name) and not target.id.startswith("_")
        value = node.value
        if public and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def found_in_template(source: str) -> Iterator[Found]:
    """Every sentence of a template: translate, blocktranslate and _("...")."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type in (TokenType.TEXT, TokenType.COMMENT):
            continue
        for literal in _IN_TAG.findall(token.contents):
            yield _plain(literal)
        words = list(smart_split(token.contents)) if token.token_type is TokenType.BLOCK else [""]
        if words[0] == "comment":
            _skip_to(tokens, "endcomment")
        elif words[0] in ("translate", "trans") and words[1][:1] in "\"'":
            yield _plain(words[1])
        elif words[0] in ("blocktranslate", "blocktrans"):
            yield _block(tokens, trimmed="trimmed" in words)


def _plain(literal: str) -> str:
    return unescape_string_literal(literal)


def _skip_to(tokens: Iterator[Token], end: str) -> None:
    for token in tokens:
        if token.token_type is TokenType.BLOCK and token.contents.split()[:1] == [end]:
            return


def _block(tokens: Iterator[Token], *, trimmed: bool) -> Found:
    """The message of a blocktranslate, as Django builds it when the page is made."""
    sides, side = [""], 0
    for token in tokens:
        if token.token_type is TokenType.BLOCK:
            if token.contents.strip() == "plural":
                sides.append("")
                side = 1
                continue
            break
        if token.token_type is TokenType.VAR:
            sides[side] += f"%({token.contents})s"
        elif token.token_type is TokenType.TEXT:
            sides[side] += token.contents.replace("%", "%%")
    sides = [trim_whitespace(text) if trimmed else text for text in sides]
    return (sides[0], sides[1]) if len(sides) == 2 else sides[0]


def extracted() -> Catalog:
    """Everything the program may say, with the files that say it."""
    catalog = Catalog(charset="utf-8")
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE)
        if "migrations" in name.parts or "locale" in name.parts or not path.is_file():
            continue
        found: Iterator[Found] = iter(())
        if any(name.match(pattern) for pattern in CONSTANTS):
            found = found_in_constants(path)
        elif path.suffix == ".py":
            found = found_in_python(path)
        elif "templates" in name.parts:
            found = found_in_template(path.read_text())
        for message in found:
            if message:
                catalog.add(message, locations=[(f"ordskifte/{name}", 0)])
    return catalog


def po_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalog(language: str) -> Catalog:
    """The language's catalogue; an empty one when it has no file yet."""
    path = po_path(language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as handle:
        return read_po(handle, locale=language)


def with_messages(template: Catalog, translated: Catalog, language: str) -> Catalog:
    """The messages of `template`, with the translations there are. Dates are fixed: they would change every commit."""
    fixed = datetime(2026, 1, 1, tzinfo=UTC)
    catalog = Catalog(
        locale=language,
        project="Ordskifte",
        version="",
        header_comment="# Sentences of Ordskifte. Edit msgstr, then run `tools/messages.py compile`.",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        charset="utf-8",
        creation_date=fixed,
        revision_date=fixed,
        fuzzy=False,
    )
    for message in template:
        if message.id:
            known = translated.get(message.id)
            catalog.add(message.id, known.string if known else None, locations=sorted(set(message.locations)))
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=0, sort_output=True, include_lineno=False, omit_header=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(message: Message) -> bool:
    """Nothing there, or one of its forms is empty."""
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return not strings or not all(strings)


def wrong_places(message: Message) -> bool:
    """Whether a translation fills in other things than its sentence."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    wanted = {name for text in ids for name in _PLACEHOLDER.findall(text)}
    return any(not set(_PLACEHOLDER.findall(text)) <= wanted for text in strings if text)


def problems() -> Iterator[str]:
    """What `check` finds, one line each."""
    template = extracted()
    wanted = {message.id for message in template if message.id}
    for language in LANGUAGES:
        catalog = read_catalog(language)
        for message in catalog:
            if message.id and message.id not in wanted:
                yield f"{language}: nobody says this any more: {message.id!r}"
            elif message.id and wrong_places(message):
                yield f"{language}: fills in other things than its sentence: {message.id!r}"
        for message in template:
            known = catalog.get(message.id) if message.id else None
            if message.id and (known is None or untranslated(known)):
                yield f"{language}: not translated: {message.id!r} ({message.locations[0][0]})"
        mo = po_path(language).with_suffix(".mo")
        if not mo.is_file() or mo.read_bytes() != mo_bytes(catalog):
            yield f"{language}: {mo.name} is not made from {po_path(language).name}: run `tools/messages.py compile`"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("extract", "compile", "check"))
    verb = parser.parse_args().verb
    if verb == "extract":
        template = extracted()
        for language in LANGUAGES:
            po_path(language).parent.mkdir(parents=True, exist_ok=True)
            po_path(language).write_bytes(po_bytes(with_messages(template, read_catalog(language), language)))
    elif verb == "compile":
        for language in LANGUAGES:
            po_path(language).with_suffix(".mo").write_bytes(mo_bytes(read_catalog(language)))
    else:
        found = list(problems())
        said = "\n".join(found) or f"{len(extracted())} sentences, all in {' and '.join(LANGUAGES)}."
        sys.stdout.write(f"{said}\n")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
