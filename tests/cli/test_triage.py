"""`ordskifte triage`: lines in, lines out, in order; no home and no database."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.running import environment, ordskifte

TEXTS = [
    {"id": "a", "text": "Når åpner biblioteket?"},
    {"id": 2, "text": "Ordføreren er en klovn"},
    {"id": "c", "text": "Jeg klager på vedtaket, mob 98 76 54 32 😀"},
]


def as_lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_a_line_comes_out_for_each_that_goes_in() -> None:
    ran = ordskifte("triage", text=as_lines(TEXTS))
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.status, ran.err) == (0, "")
    assert [answer["id"] for answer in answers] == ["a", 2, "c"]
    assert answers[0] == {
        "id": "a",
        "lang": "nb",
        "lang_sure": True,
        "kind": "question",
        "personal_data": [],
        "journal_candidate": False,
        "moderation": "keep",
        "why": [
            {"rule": "question.word", "start": 0, "end": 3, "text": "Når"},
            {"rule": "question.wonders", "start": 0, "end": 9, "text": "Når åpner"},
        ],
    }
    assert answers[2]["personal_data"] == [{"type": "telefon", "start": 28, "end": 39}]


def test_it_needs_no_home(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(as_lines(TEXTS), encoding="utf-8")
    ran = ordskifte("triage", file, ORDSKIFTE_HOME=str(tmp_path / "nowhere"))
    assert (ran.status, len(ran.out.splitlines())) == (0, 3)
    assert not (tmp_path / "nowhere").exists()


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    bad = ["not json", "[]", '{"id": 1}', '{"id": 1, "text": 5}', '{"text": "hei"}', '{"id": true, "text": "hei"}', ""]
    ran = ordskifte("triage", "-", text=as_lines(TEXTS[:1]) + "\n".join(bad) + "\n" + as_lines(TEXTS[1:]))
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.status == 1
    assert [answer.get("line") for answer in answers] == [None, 2, 3, 4, 5, 6, 7, 8, None, None]
    assert all(isinstance(answer["error"], str) for answer in answers[1:8])


def test_a_lone_surrogate_and_a_mark_at_the_start_are_taken() -> None:
    ran = ordskifte("triage", text='\ufeff{"id": "a", "text": "Hei \\ud800 jeg klager på vedtaket"}')
    assert ran.status == 0
    assert ran.value["kind"] == "complaint"


def test_a_line_too_long_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"id": 1, "text": "' + "a" * 5_000_000 + '"}\r\n{"id": 2, "text": "Takk"}\r\n', encoding="utf-8")
    ran = ordskifte("triage", file)
    first, second = map(json.loads, ran.out.splitlines())
    assert (ran.status, first) == (1, {"line": 1, "error": "The line is longer than 4,000,000 bytes."})
    assert second["id"] == 2


def test_places_are_code_points_of_the_text_as_given() -> None:
    ran = ordskifte("triage", text=as_lines([{"id": "a", "text": "😀 e\u0301\x00 ring 98 76 54 32", "more": [1]}]))
    assert ran.status == 0
    assert ran.value["personal_data"] == [{"type": "telefon", "start": 11, "end": 22}]


def test_bytes_that_are_no_text_are_a_bad_line(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_bytes(b'{"id": 1, "text": "\xff"}\n')
    ran = ordskifte("triage", file)
    assert (ran.status, ran.value) == (1, {"line": 1, "error": "The line is not UTF-8."})


def test_many_lines_over_processes_keep_their_order(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": n, "text": f"Hullet i veien ved nr {n} er stort, hvem fikser?"} for n in range(9000)
    ]
    file = tmp_path / "texts.jsonl"
    file.write_text(as_lines(rows), encoding="utf-8")
    two = ordskifte("triage", "--processes", "2", file)
    one = ordskifte("triage", "--processes", "1", file)
    assert two.out == one.out
    assert [json.loads(line)["id"] for line in two.out.splitlines()] == list(range(9000))


def test_json_gives_one_list() -> None:
    assert [answer["id"] for answer in ordskifte("triage", "--json", text=as_lines(TEXTS)).value] == ["a", 2, "c"]
    assert ordskifte("triage", "--json", text="").value == []


def test_a_missing_file_is_refused() -> None:
    ran = ordskifte("triage", "/nowhere/at/all.jsonl")
    assert ran.status == 2
    assert "/nowhere/at/all.jsonl" in ran.err


def test_a_single_line_is_answered_before_the_next_comes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "ordskifte", "triage"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
        encoding="utf-8",
        bufsize=1,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for row in TEXTS:
            process.stdin.write(json.dumps(row) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == row["id"]
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    script = (
        "import resource, sys\n"
        "from ordskifte.cli.main import main\n"
        "try:\n    main(['triage', '--processes', '1', sys.argv[1]])\nexcept SystemExit:\n    pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    peaks = []
    for count in (2_000, 20_000):
        file = tmp_path / f"{count}.jsonl"
        file.write_text(as_lines([{"id": n, "text": "Takk for hjelpa! " * 20} for n in range(count)]), encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-c", script, str(file)], capture_output=True, text=True, env=environment(), check=True
        )
        peaks.append(int(ran.stderr.split()[-1]))
    assert peaks[1] < peaks[0] + 30_000  # kilobytes; the file is 7 MB and its answers more
