"""The sentences of the interface: found everywhere they are said, and whole in both catalogues."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from django.template import Context, Template
from django.utils.translation import override

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "Save" %}', ["Save"]),
        ("{% translate 'It\\'s' as x %}", ["It's"]),
        ('{% firstof x _("Unknown") %}{{ y|default:_("None") }}', ["Unknown", "None"]),
        ("{% translate variable %}{{ _variable }}", []),
        ("{% blocktranslate %}Hi {{ name }}, 100 %{% endblocktranslate %}", ["Hi %(name)s, 100 %%"]),
        ("{% blocktranslate trimmed %}\n  a\n  b\n{% endblocktranslate %}", ["a b"]),
        (
            "{% blocktranslate count n=x with s=y %}{{ s }} hit{% plural %}{{ s }} hits{% endblocktranslate %}",
            [("%(s)s hit", "%(s)s hits")],
        ),
        ('{% comment %}{% translate "No" %}{% endcomment %}{# {% translate "No" %} #}', []),
        ('text _("not a tag")', []),
    ],
)
def test_sentences_are_found_in_templates(messages: ModuleType, source: str, found: list[object]) -> None:
    assert list(messages.found_in_template(source)) == found


def test_sentences_are_found_in_modules(messages: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        'x = _("One")\ny = ngettext("%(n)s a", "%(n)s b", n)\nz = gettext_noop("Two" " and more")\nw = f("No")\n'
    )
    assert list(messages.found_in_python(path)) == ["One", ("%(n)s a", "%(n)s b"), "Two and more"]
    path.write_text('"""Doc."""\nA: Final = "Said."\nB = "Also."\nC = 3\n')
    assert list(messages.found_in_constants(path)) == ["Said.", "Also."]


def test_the_catalogues_are_whole_and_made(messages: ModuleType) -> None:
    assert list(messages.problems()) == []


def test_a_missing_an_old_and_a_wrong_translation_are_named(
    messages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "ordskifte"
    (package / "locale").mkdir(parents=True)
    page = package / "page.py"
    page.write_text('_("Hi %(name)s")\n_("Bye")\n')
    monkeypatch.setattr(messages, "PACKAGE", package)
    for language in messages.LANGUAGES:
        path = messages.po_path(language)
        path.parent.mkdir(parents=True)
        catalog = messages.with_messages(messages.extracted(), messages.read_catalog(language), language)
        catalog["Hi %(name)s"].string = "Hei %(navn)s"
        path.write_bytes(messages.po_bytes(catalog))
        path.with_suffix(".mo").write_bytes(messages.mo_bytes(messages.read_catalog(language)))
    found = list(messages.problems())
    assert found == [
        line
        for language in ("nb", "nn")
        for line in (
            f"{language}: fills in other things than its sentence: 'Hi %(name)s'",
            f"{language}: not translated: 'Bye' (ordskifte/page.py)",
        )
    ]
    page.write_text('_("Bye")\n')
    assert f"nb: nobody says this any more: {'Hi %(name)s'!r}" in list(messages.problems())
    messages.po_path("nb").write_bytes(messages.po_path("nb").read_bytes().replace(b'msgstr ""\n\n', b'msgstr "x"\n\n'))
    assert any("django.mo is not made from django.po" in line for line in messages.problems())


@pytest.mark.parametrize(("language", "said"), [("nb", "Samtaler"), ("nn", "Samtalar"), ("en", "Threads")])
def test_each_language_speaks(language: str, said: str) -> None:
    with override(language):
        assert Template('{% load i18n %}{% translate "Threads" %}').render(Context()) == said
