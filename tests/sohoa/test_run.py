"""Every input is accounted for, whatever it is and whatever happens; nothing is done twice; originals stay."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.ledger import LEDGER, Entry, Ledger, State
from corpus.store import CORRECTIONS, read_record
from normalize.errors import NotFoundError, OutputError, UsageError
from ocr.limits import DEFAULT_LIMITS
from sohoa.executors import SerialExecutor
from sohoa.inputs import escaped, find_inputs, fingerprint, named_inputs
from sohoa.run import Report, run
from sohoa.settings import Settings
from tests.hostile import make_hostile
from tests.sohoa.conftest import draw_page
from tests.sohoa.faults import CountingExecutor, FaultyExecutor, InterruptedExecutor

LETTER = """UBND HUYỆN LONG PHÚ
PHÒNG NỘI VỤ
Số: {number}/TB-PNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Long Phú, ngày 12 tháng 5 năm 2031
{mark}
THÔNG BÁO
Về việc họp thôn Bãi Sậy
Phòng Nội vụ mời bà con đến họp.
"""


def letter(number: int = 15, mark: str = "") -> str:
    return LETTER.format(number=f"{number:02}", mark=mark)


def three_letters(source: Path) -> None:
    for number in (1, 2, 3):
        (source / f"{number}.txt").write_text(letter(number), "utf-8")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def batch(source: Path, out: Path, executor: object = None, **settings: object) -> Report:
    made = Settings(**settings)
    inputs = find_inputs(source, out=out, pages_in_folders=made.pages_in_folders)
    return run(inputs, out, made, executor or SerialExecutor())


def read_files(paths: list[Path], out: Path, joined: str | None = None, **settings: object) -> Report:
    made = Settings(**settings)
    inputs = named_inputs(paths, joined=joined, pages_in_folders=made.pages_in_folders)
    return run(inputs, out, made, SerialExecutor(), by_name=True)


def ledger_of(out: Path) -> dict[str, Entry]:
    with Ledger(out / LEDGER) as ledger:
        return {entry.path: entry for entry in ledger.entries()}


def states(report: Report) -> dict[str, str]:
    return {outcome.entry.path: str(outcome.state) for outcome in report.outcomes}


def files_below(folder: Path) -> dict[str, str]:
    return {
        escaped(path.relative_to(folder).as_posix()): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def results_below(out: Path) -> dict[str, str]:
    return {name: digest for name, digest in files_below(out).items() if "/" in name and ".sohoa" not in name}


# --- what is done, and done once -------------------------------------------------------------------------------------


def test_a_tree_is_read_and_read_once(source: Path, out: Path) -> None:
    (source / "sub").mkdir()
    (source / "a.txt").write_text(letter(1), "utf-8")
    (source / "sub" / "b.txt").write_text(letter(2), "utf-8")
    (source / ".DS_Store").write_bytes(b"\x00")
    before = files_below(source)
    report = batch(source, out)
    assert states(report) == {"a.txt": "done", "sub/b.txt": "done", ".DS_Store": "skipped"}
    assert report.equation == "3 inputs = 2 done + 0 failed + 0 held + 1 skipped"
    assert read_record(out / "sub/b.txt").document.number.value == "02"
    assert sorted(path.name for path in (out / "sub/b.txt").iterdir()) == ["record.json", "text.txt"]

    results, executor = results_below(out), CountingExecutor()
    again = batch(source, out, executor)
    assert executor.read == []
    assert again.equation == "3 inputs = 0 done + 0 failed + 0 held + 3 skipped"
    assert results_below(out) == results
    assert files_below(source) == before


def test_what_changed_is_read_again(source: Path, out: Path) -> None:
    three_letters(source)
    (source / "4.txt").write_text(letter(4), "utf-8")
    batch(source, out)
    (source / "2.txt").write_text(letter(22), "utf-8")
    (out / "3.txt" / "record.json").unlink()
    (out / "1.txt" / "record.json").write_text("{", "utf-8")
    executor = CountingExecutor()
    batch(source, out, executor)
    assert executor.read == ["1.txt", "2.txt", "3.txt"]
    assert read_record(out / "2.txt").document.number.value == "22"


def test_other_options_or_versions_read_again(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    batch(source, out)
    for change in ({"evidence": True}, {"evidence": True, "again": True}):
        executor = CountingExecutor()
        batch(source, out, executor, **change)
        assert executor.read == ["a.txt"]
    executor = CountingExecutor()
    batch(source, out, executor, evidence=True, page_seconds=7)
    assert executor.read == []
    monkeypatch.setattr("sohoa.books.version", lambda: "99")
    batch(source, out, executor, evidence=True)
    assert executor.read == ["a.txt"]


def test_identical_bytes_are_read_once(source: Path, out: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (source / name).write_text(letter(), "utf-8")
    executor = CountingExecutor()
    report = batch(source, out, executor)
    assert executor.read == ["a.txt"]
    assert set(states(report).values()) == {"done"}
    rows = ledger_of(out)
    assert [rows[name].duplicate_of for name in ("a.txt", "b.txt", "c.txt")] == [None, "a.txt", "a.txt"]
    assert rows["c.txt"].folder == "a.txt"
    assert not (out / "b.txt").exists()
    assert set(states(batch(source, out, executor)).values()) == {"skipped"}

    (source / "a.txt").write_text(letter(7), "utf-8")  # b is the first of its bytes now
    batch(source, out, executor)
    rows = ledger_of(out)
    assert executor.read == ["a.txt", "a.txt", "b.txt"]
    assert [rows[name].duplicate_of for name in ("a.txt", "b.txt", "c.txt")] == [None, None, "b.txt"]
    assert read_record(out / "b.txt").document.number.value == "15"


def test_a_duplicate_of_a_failure_fails_without_being_read(source: Path, out: Path) -> None:
    (source / "a.pdf").write_bytes(b"%PDF-1.4 nothing more")
    (source / "b.pdf").write_bytes(b"%PDF-1.4 nothing more")
    report = batch(source, out)
    assert states(report) == {"a.pdf": "failed", "b.pdf": "failed"}
    assert ledger_of(out)["b.pdf"].duplicate_of == "a.pdf"


def test_corrections_survive_and_count_without_reading(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    batch(source, out)
    corrections = [{"field": "number", "by": "Lan", "at": "2031-05-13", "value": "16"}]
    text = json.dumps({"schema": "sohoa/corrections/1", "corrections": corrections})
    (out / "a.txt" / CORRECTIONS).write_text(text, "utf-8")
    executor = CountingExecutor()
    batch(source, out, executor)
    assert executor.read == []
    assert read_record(out / "a.txt").document.number.checked.value == "16"
    batch(source, out, again=True)
    assert read_record(out / "a.txt").document.number.checked.value == "16"


def test_corrections_that_cannot_be_read_stop_nothing_else(source: Path, out: Path) -> None:
    """A person's file of another encoding is told; one with Windows' mark before it counts."""
    for number, name in enumerate(["a.txt", "b.txt"]):
        (source / name).write_text(letter(number), "utf-8")
    batch(source, out)
    text = (
        '{"schema": "sohoa/corrections/1", "corrections": [{"field": "signer", "by": "Tâm", "at": "", "value": "Lò"}]}'
    )
    (out / "a.txt" / CORRECTIONS).write_text(text, "latin-1")
    (out / "b.txt" / CORRECTIONS).write_text(text, "utf-8-sig")
    assert states(batch(source, out)) == {"a.txt": "failed", "b.txt": "skipped"}
    assert "corrections.json" in ledger_of(out)["a.txt"].error
    assert read_record(out / "b.txt").document.signer.checked.value == "Lò"


def test_a_result_does_not_outlive_its_content(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    batch(source, out)
    (source / "a.txt").write_bytes(b"\x00\x01\x02" * 50)
    assert states(batch(source, out)) == {"a.txt": "failed"}
    assert not (out / "a.txt").exists()
    (source / "a.txt").write_text(letter(), "utf-8")
    assert states(batch(source, out)) == {"a.txt": "done"}


# --- names -----------------------------------------------------------------------------------------------------------


def test_read_gives_namesakes_a_folder_each(tmp_path: Path, out: Path) -> None:
    paths = []
    for number, folder in enumerate(("x", "y"), 1):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "a.txt")
        paths[-1].write_text(letter(number), "utf-8")
    report = read_files(paths, out)
    assert states(report) == {"a.txt": "done", "a.txt~2": "done"}
    assert read_record(out / "a.txt~2").source.name == "a.txt"
    assert states(read_files(paths[1:], out)) == {"a.txt~2": "skipped"}
    assert read_record(out / "a.txt").document.number.value == "01"


def test_names_that_differ_in_case_or_form_do_not_meet(source: Path, out: Path) -> None:
    composed = unicodedata.normalize("NFC", "thông báo.txt")
    names = ["A.txt", "a.txt", composed, unicodedata.normalize("NFD", composed)]
    for number, name in enumerate(names):
        (source / name).write_text(letter(number), "utf-8")
    if len(list(source.iterdir())) < len(names):
        pytest.skip("this file system knows no such twins")
    report = batch(source, out)
    folders = [outcome.entry.folder for outcome in report.outcomes]
    assert len({unicodedata.normalize("NFC", folder).casefold() for folder in folders}) == len(names)
    assert sum(folder.endswith("~2") for folder in folders) == 2
    assert {read_record(out / folder).document.number.value for folder in folders} == {"00", "01", "02", "03"}


def test_hard_names(source: Path, out: Path) -> None:
    names = [
        os.fsencode(unicodedata.normalize("NFD", "ệ") * 48 + ".txt"),
        b"t\xf6 tr\xecnh.txt",
        b"t\\xf6 tr\\xecnh.txt",
        b"line\nbreak\x1b[31m.txt",
        b"escape\x1b[2J.pdf",
        b"ledger.sqlite",
        b"~2.txt",
    ]
    try:
        for number, name in enumerate(names):
            (source / os.fsdecode(name)).write_text(letter(number), "utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    report = batch(source, out)
    rows = ledger_of(out)
    assert len(rows) == len(names)
    assert all(key.isprintable() for key in rows)
    assert Counter(states(report).values()) == {"done": len(names) - 2, "failed": 2}
    assert states(report)["ledger.sqlite"] == "failed"  # no ending of a text
    assert all(row.error is None or row.error.isprintable() for row in rows.values())
    assert set(states(batch(source, out)).values()) == {"skipped", "failed"}


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that users without privileges reach, as they do not reach those of a test that runs as root."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.name == "nt", reason="other permissions")
def test_a_folder_that_may_not_be_entered_fails_alone(open_to_all: Path, out: Path) -> None:
    for name in ("a.txt", "unreadable.txt"):
        (open_to_all / name).write_text(letter(), "utf-8")
    (open_to_all / "closed").mkdir()
    (open_to_all / "closed").chmod(0)
    (open_to_all / "unreadable.txt").chmod(0)
    user = os.geteuid()
    os.seteuid(65534 if user == 0 else user)  # root may enter everything
    try:
        inputs = find_inputs(open_to_all, out=out, pages_in_folders=False)
        trouble = {item.key: item.trouble.what for item in inputs if item.trouble}
        typed = named_inputs([open_to_all / "closed" / "b.txt"], joined=None, pages_in_folders=False)
        for item in (inputs[-1], *typed):
            with pytest.raises(NotFoundError, match="permission denied"):
                fingerprint(item, DEFAULT_LIMITS)
    finally:
        os.seteuid(user)
        (open_to_all / "closed").chmod(0o755)
    assert [item.key for item in inputs] == ["a.txt", "closed", "unreadable.txt"]
    assert trouble == {"closed": "closed cannot be listed: Permission denied."}


def test_natural_order(source: Path, out: Path) -> None:
    for name in ("10.txt", "9.txt", "b/1.txt", "B/0.txt"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text(letter(), "utf-8")
    keys = [item.key for item in find_inputs(source, out=out, pages_in_folders=False)]
    assert keys == ["9.txt", "10.txt", "B/0.txt", "b/1.txt"]


# --- pages in folders ------------------------------------------------------------------------------------------------


def test_a_folder_of_images_is_one_document(source: Path, out: Path, drawn_page: Path) -> None:
    (source / "scan").mkdir()
    (source / "mixed").mkdir()
    for name in ("scan/10.png", "scan/9.png", "mixed/1.png", "mixed/notes.txt"):
        (source / name).write_bytes(drawn_page.read_bytes())
    items = {item.key: item for item in find_inputs(source, out=out, pages_in_folders=True)}
    assert sorted(items) == ["mixed/1.png", "mixed/notes.txt", "scan"]
    assert [path.name for path in items["scan"].paths] == ["9.png", "10.png"]


def test_read_takes_a_folder_of_images_for_one_document(tmp_path: Path, drawn_page: Path) -> None:
    (tmp_path / "scan").mkdir()
    for name in ("p10.png", "p9.png", ".DS_Store"):
        (tmp_path / "scan" / name).write_bytes(drawn_page.read_bytes())
    [item] = named_inputs([tmp_path / "scan"], joined=None, pages_in_folders=True)
    assert item.key == "scan"
    assert [path.name for path in item.paths] == ["p9.png", "p10.png"]
    with pytest.raises(UsageError, match="--pages-in-folders"):
        named_inputs([tmp_path / "scan"], joined=None, pages_in_folders=False)
    (tmp_path / "scan" / "notes.txt").write_text("no page", "utf-8")
    with pytest.raises(UsageError, match="page images only"):
        named_inputs([tmp_path / "scan"], joined=None, pages_in_folders=True)


def test_loose_pages_are_joined(tmp_path: Path, out: Path, drawn_page: Path) -> None:
    second = tmp_path / "b.png"
    second.write_bytes(drawn_page.read_bytes())
    report = read_files([drawn_page, second], out, joined="Quyết định 15")
    assert states(report) == {"Quyết định 15": "done"}
    record = read_record(out / "Quyết định 15")
    assert record.source.pages == 2
    assert record.source.bytes == 2 * drawn_page.stat().st_size
    assert (out / "Quyết định 15" / "text.txt").read_text("utf-8").count("\f") == 1
    assert (out / "Quyết định 15" / "searchable.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\nb"])
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        named_inputs([tmp_path / "a.png"], joined=name, pages_in_folders=False)


# --- signed originals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "warning"), [("access-copy", "unsigned_access_copy"), ("none", "signed_original")])
def test_a_signed_pdf_has_an_unsigned_copy_or_none(source: Path, out: Path, choice: str, warning: str) -> None:
    made = source.parent / "made"
    made.mkdir()
    signed = make_hostile(made)["signed.pdf"].path.rename(source / "signed.pdf")
    before = signed.read_bytes()
    assert batch(source, out, signed=choice).count(State.DONE) == 1
    assert (out / "signed.pdf" / "searchable.pdf").exists() is (choice == "access-copy")
    assert any(text.startswith(warning) for text in read_record(out / "signed.pdf").warnings)
    assert signed.read_bytes() == before


# --- secrets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secret_is_held(source: Path, out: Path, mark: str) -> None:
    (source / "a.txt").write_text(letter(mark=mark), "utf-8")
    (source / "same.txt").write_text(letter(mark=mark), "utf-8")
    for _ in range(2):
        report = batch(source, out)
        assert report.equation == "2 inputs = 0 done + 0 failed + 2 held + 0 skipped"
    assert results_below(out) == {}
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert "Bãi Sậy".encode() not in everything
    assert ledger_of(out)["a.txt"].error_code == "held_secret"

    report = batch(source, out, allow_secret=True)
    assert report.count(State.DONE) == 2
    assert (out / "a.txt" / "text.txt").is_file()


@pytest.mark.slow
def test_a_red_stamp_on_a_scan_is_seen(source: Path, out: Path) -> None:
    draw_page(source / "a.png", mark="MẬT")
    assert states(batch(source, out, evidence=True)) == {"a.png": "held"}
    assert results_below(out) == {}


def test_what_becomes_secret_is_withdrawn(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    batch(source, out)
    (source / "a.txt").write_text(letter(mark="MẬT"), "utf-8")
    assert states(batch(source, out)) == {"a.txt": "held"}
    assert not (out / "a.txt").exists()


# --- faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL, no process groups")
def test_what_goes_wrong_in_a_worker_fails_its_document_only(
    source: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    names = ["a.txt", "breaks.txt", "hangs.txt", "killed.txt", "z.txt"]
    for number, name in enumerate(names):
        (source / name).write_text(letter(number), "utf-8")
    report = batch(source, out, FaultyExecutor(tmp_path / "pid"))
    assert [str(outcome.state) for outcome in report.outcomes] == ["done", "failed", "failed", "failed", "done"]
    rows = ledger_of(out)
    assert "LookupError (faults.py, line" in rows["breaks.txt"].error
    assert "Mẫu" not in rows["breaks.txt"].error
    assert rows["hangs.txt"].error_code == "time_limit"
    assert "SIGKILL" in rows["killed.txt"].error
    status = Path("/proc", (tmp_path / "pid").read_text("utf-8"), "status")
    assert not status.exists() or "State:\tZ" in status.read_text("utf-8")  # the program it waited for is gone
    assert not list(temporary.iterdir())  # and what it would have read
    assert batch(source, out).equation == "5 inputs = 3 done + 0 failed + 0 held + 2 skipped"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_document_that_eats_the_memory_fails_alone(source: Path, out: Path, tmp_path: Path) -> None:
    for number, name in enumerate(["a.txt", "greedy.txt", "z.txt"]):
        (source / name).write_text(letter(number), "utf-8")
    report = batch(source, out, FaultyExecutor(tmp_path / "pid"))
    assert [str(outcome.state) for outcome in report.outcomes] == ["done", "failed", "done"]
    assert ledger_of(out)["greedy.txt"].error_code == "too_large"


def test_an_interrupted_run_reports_and_goes_on(source: Path, out: Path) -> None:
    three_letters(source)
    report = batch(source, out, InterruptedExecutor())
    assert report.interrupted
    assert report.equation == "3 inputs = 1 done + 0 failed + 0 held + 2 skipped"
    assert ledger_of(out)["3.txt"].error_code == "interrupted"
    report = batch(source, out)
    assert report.equation == "3 inputs = 2 done + 0 failed + 0 held + 1 skipped"


def _small_disk(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_full_disk(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    three_letters(source)
    (source / "2.txt").write_text(letter(2) + "Bà con thôn Bãi Sậy họp.\n" * 30_000, "utf-8")
    out.mkdir()
    mounted = _small_disk(out)
    if not mounted:
        write = Path.write_text

        def write_a_little(path: Path, text: str, *rest: object, **more: object) -> int:
            if len(text) > 300_000:
                raise OSError(28, "No space left on device")
            return write(path, text, *rest, **more)

        monkeypatch.setattr(Path, "write_text", write_a_little)
    try:
        report = batch(source, out)
        assert states(report) == {"1.txt": "done", "2.txt": "failed", "3.txt": "done"}
        assert ledger_of(out)["2.txt"].error_code == "output"
        assert "disk is full" in ledger_of(out)["2.txt"].error
        assert not (out / "2.txt").exists()
    finally:
        if mounted:
            subprocess.run(["umount", str(out)], check=True)


def test_an_output_folder_that_cannot_be(source: Path, out: Path) -> None:
    three_letters(source)
    out.write_text("a file", "utf-8")
    with pytest.raises(OutputError):
        batch(source, out)


def test_the_output_folder_within_the_source_is_no_input(source: Path) -> None:
    three_letters(source)
    batch(source, source / "out")
    report = batch(source, source / "out")
    assert len(report.outcomes) == 3
    other = batch(source, source.parent / "elsewhere")  # another output folder is seen, and passed over
    assert states(other)["out"] == "skipped"
    with pytest.raises(UsageError):
        batch(source, source)


def _start(source: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sohoa", "batch", str(source), "-o", str(out), "--workers", "1"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _wait_for_first_result(out: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not list(out.glob("*.png/record.json")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("how", ["kill", "interrupt"])
def test_a_run_stopped_in_the_middle_goes_on(source: Path, out: Path, drawn_page: Path, how: str) -> None:
    for number in range(3):
        (source / f"{number}.png").write_bytes(drawn_page.read_bytes() + bytes([number]))
    process = _start(source, out)
    _wait_for_first_result(out, process)
    if how == "kill":
        process.kill()
        process.communicate()
    else:
        process.send_signal(2)
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "Interrupted." in errors
        assert output.split("inputs = ")[0].endswith("3 ")
    for folder in out.glob("*.png"):
        assert sorted(path.name for path in folder.iterdir()) == [
            "pages.json",
            "record.json",
            "searchable.pdf",
            "text.txt",
        ]
    report = batch(source, out)
    assert report.count(State.FAILED) == 0
    assert report.count(State.SKIPPED) >= (1 if how == "interrupt" else 0)
    assert report.count(State.SKIPPED) < 3
    assert len(list(out.glob("*.png/record.json"))) == 3
    assert list((out / ".sohoa" / "staging").iterdir()) == []


# --- everything at once ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_hostile_files_are_all_accounted_for(source: Path, out: Path) -> None:
    cases = make_hostile(source)
    (source / "good.txt").write_text(letter(), "utf-8")
    before = files_below(source)
    report = batch(source, out, limits={"page_pixels": 500_000})  # small pictures: nothing here is worth reading well
    assert report.inputs == len(report.outcomes) == len(ledger_of(out))
    assert sum(report.count(state) for state in State) == report.inputs
    assert states(report)["good.txt"] == "done"
    assert files_below(source) == before
    rows = ledger_of(out)
    for case in cases.values():
        key = escaped(case.path.relative_to(source).as_posix())
        if case.error is None or key not in rows:
            continue
        assert rows[key].state is State.FAILED, key
        assert rows[key].error_code == case.error("").code, key
        assert rows[key].error.count(".") >= 1
