"""The two formats together: a document of our renderer in a package of our writer, looked at by our checker."""

from pathlib import Path
from typing import Literal

import pytest

from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.write.package import write_package
from ordskifte.records.pdfa.render import Fonts, Renderer
from tests.records.noark5.shared import beside
from tests.records.noark5.test_check import refused
from tests.records.noark5.world import answer, dokument, id_of, objekt, only
from tests.records.pdfa.documents import document, said


@pytest.mark.parametrize(
    ("fonts", "puid", "mark", "profile"),
    [(Fonts(), "fmt/476", "2a", "default"), (Fonts(profile="a-1b"), "fmt/354", "1b", "pdfa1b")],
    ids=["2a", "1b"],
)
def test_a_rendered_document_is_known_as_what_it_is(
    fonts: Fonts, puid: str, mark: str, profile: Literal["default", "pdfa1b"], tmp_path: Path
) -> None:
    with Renderer(fonts) as renderer:
        content = renderer.render(document(said("Vi brøyter i dag."))).content
    record = id_of("answer")
    post = answer(dokumentbeskrivelser=(dokument(record, 1, "Svar", objekt(record, 1, "pdf", content, puid)),))
    done = write_package(only(post), tmp_path / "package", schemas=beside("noark5/5.5"), profile=profile)
    report = check_package(done.folder)
    assert refused(report) == {}
    assert report["O.11"].counts == {f"PDF/A-{mark}": 1}
