"""A watched folder: files are taken when they are whole, once, and only files that lie in it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.catalogue import CSV
from corpus.ledger import LEDGER, Entry, Ledger, State
from corpus.store import read_record
from normalize.errors import OutputError, UsageError
from sohoa.executors import SerialExecutor
from sohoa.inputs import Input
from sohoa.lists import write_lists
from sohoa.run import Report, run
from sohoa.settings import Settings
from sohoa.settling import Settling
from sohoa.status import Status, read_status
from sohoa.status_page import status_page
from sohoa.status_text import status_lines
from sohoa.taking_in import take_in
from sohoa.watch import Rhythm, watch
from sohoa.watch_sign import WATCH, WatchSign, watched_folder

LETTER = "UBND XÃ NẬM KHOANG\nSố: {number}/TB-UBND\nNậm Khoang, ngày 12 tháng 5 năm 2031\nTHÔNG BÁO\nVề việc họp bản\n"
QUICK = Rhythm(look=0.02, settle=0.15)
LONGEST = 60.0


def letter(number: int = 15) -> str:
    return LETTER.format(number=number)


class Reader:
    """Reads what it is given into ``out``, and remembers it."""

    def __init__(self, out: Path, **settings: object) -> None:
        self.settings = Settings(**settings)
        self.out = out
        self.keys: list[str] = []

    def __call__(self, inputs: Sequence[Input]) -> Report:
        self.keys += [item.key for item in inputs]
        return run(inputs, self.out, self.settings, SerialExecutor(), lists=False)


def watch_until(condition: Callable[[], bool], source: Path, reader: Reader, rhythm: Rhythm = QUICK) -> None:
    """Watch, and press Ctrl-C when ``condition`` holds."""
    deadline = time.monotonic() + LONGEST

    def pause(seconds: float) -> None:
        if condition():
            raise KeyboardInterrupt
        assert time.monotonic() < deadline, "what was waited for did not come"
        time.sleep(min(seconds, rhythm.look))  # a busy machine takes its time to look, and would wait ten times that

    assert watch(source, reader.out, reader.settings, reader, rhythm=rhythm, pause=pause) is None


def after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def rows(out: Path) -> dict[str, Entry]:
    with Ledger(out / LEDGER) as ledger:
        return {entry.path: entry for entry in ledger.entries()}


def everything_in(out: Path) -> bytes:
    return b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())


# --- when -------------------------------------------------------------------------------------------------------------


def test_what_was_there_and_what_comes_is_read_once(source: Path, out: Path) -> None:
    (source / "sub").mkdir()
    (source / "sub" / "old.txt").write_text(letter(1), "utf-8")
    reader = Reader(out)

    def come() -> bool:
        if reader.keys == ["sub/old.txt"] and not (source / "new.txt").exists():
            (source / "new.txt").write_text(letter(2), "utf-8")
        return len(reader.keys) >= 2

    watch_until(come, source, reader)
    assert reader.keys == ["sub/old.txt", "new.txt"]
    assert {key: row.state for key, row in rows(out).items()} == {"sub/old.txt": "done", "new.txt": "done"}
    assert rows(out)["new.txt"].origin == str(source / "new.txt")
    assert read_record(out / "new.txt").document.number.value == "2"


def test_a_restart_reads_nothing_twice(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    watch_until(lambda: (out / "a.txt").exists(), source, Reader(out))
    before = (out / "a.txt" / "record.json").stat().st_ino
    reader = Reader(out)
    watch_until(lambda: bool(reader.keys), source, reader)
    assert (out / "a.txt" / "record.json").stat().st_ino == before


def test_a_file_that_changes_is_read_again(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(1), "utf-8")
    reader = Reader(out)

    def change() -> bool:
        if len(reader.keys) == 1 and (source / "a.txt").read_text("utf-8") == letter(1):
            (source / "a.txt").write_text(letter(22), "utf-8")
        return len(reader.keys) == 2

    watch_until(change, source, reader)
    assert read_record(out / "a.txt").document.number.value == "22"


def test_a_slow_writer_is_waited_for(source: Path, out: Path) -> None:
    lines = [letter(15).encode(), *(b"dong %d\n" % number for number in range(12))]

    def write() -> None:
        for line in lines:  # opened anew for every line: nobody holds it open in between
            with (source / "slow.txt").open("ab") as file:
                file.write(line)
            time.sleep(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    reader = Reader(out)
    watch_until(lambda: (out / "slow.txt").exists(), source, reader)
    writer.join()
    assert reader.keys == ["slow.txt"]
    assert rows(out)["slow.txt"].bytes == sum(map(len, lines))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who holds a file open")
def test_a_file_held_open_for_writing_is_left_alone(source: Path, out: Path) -> None:
    (source / "other.txt").write_text(letter(1), "utf-8")
    reader = Reader(out)
    with (source / "open.txt").open("w", encoding="utf-8") as file:
        file.write(letter(2))
        file.flush()
        watch_until(after(0.6), source, reader)
    assert reader.keys == ["other.txt"]
    watch_until(lambda: (out / "open.txt").exists(), source, reader)


@pytest.mark.parametrize(
    "name",
    ["a.pdf.part", "a.pdf.crdownload", "a.tmp", "~$a.docx", ".a.txt.swp", "scan0001.lck", "a.txt~", "A.PDF.FILEPART"],
)
def test_what_is_not_finished_is_no_input(source: Path, out: Path, name: str) -> None:
    (source / name).write_text(letter(), "utf-8")
    reader = Reader(out)
    watch_until(after(0.4), source, reader)
    assert reader.keys == []
    (source / name).rename(source / "whole.txt")
    watch_until(lambda: (out / "whole.txt").exists(), source, reader)
    assert list(rows(out)) == ["whole.txt"]


def test_an_empty_file_has_more_time(source: Path, out: Path) -> None:
    now = [100.0]
    (source / "a.txt").touch()
    settling = Settling(source, out, pages_in_folders=False, seconds=10, clock=lambda: now[0])
    found = []
    for seconds in (0, 50, 119, 121):
        now[0] = 100.0 + seconds
        found.append([item.key for item, _ in settling.look()])
    assert found == [[], [], [], ["a.txt"]]


def test_pages_in_folders_settle_together(source: Path, out: Path) -> None:
    now = [0.0]
    (source / "scan").mkdir()
    (source / "scan" / "1.png").write_bytes(b"one")
    settling = Settling(source, out, pages_in_folders=True, seconds=10, clock=lambda: now[0])
    assert settling.look() == []
    now[0] = 8.0
    (source / "scan" / "2.png").write_bytes(b"two")
    assert settling.look() == []
    now[0] = 12.0
    assert settling.look() == []
    now[0] = 18.5
    [(item, stamps)] = settling.look()
    assert [path.name for path in item.paths] == ["1.png", "2.png"]
    settling.handed_out(item, stamps)
    assert settling.look() == []


def test_a_folder_that_is_out_of_reach_for_a_while(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    settling = Settling(source, out, pages_in_folders=False, seconds=0)
    [(item, stamps)] = settling.look()
    settling.handed_out(item, stamps)
    source.rename(source.with_name("away"))
    assert settling.look() == []
    source.with_name("away").rename(source)
    assert settling.look() == []  # it is remembered that this was read


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When the lists were written."""
    times: list[float] = []

    def write(out: Path, ledger: Ledger) -> None:
        times.append(time.monotonic())
        write_lists(out, ledger)

    monkeypatch.setattr("sohoa.watch.write_lists", write)
    return times


def listed(out: Path) -> str:
    return (out / CSV).read_text("utf-8-sig")


def test_lists_are_written_in_the_end_whatever_they_take(
    source: Path, out: Path, written: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sohoa.watch._LISTS_TAKE_ONE_OF", 1e9)  # as if they took an age
    reader = Reader(out)

    def come() -> bool:
        number = len(reader.keys)
        if not (source / f"{number}.txt").exists():
            (source / f"{number}.txt").write_text(letter(number), "utf-8")
        return number > 2

    watch_until(come, source, reader)
    assert len(written) == 2  # in the beginning and in the end
    assert all(f'"{key}"' in listed(out) for key in reader.keys)


def test_lists_that_take_no_time_are_written_after_a_batch(source: Path, out: Path, written: list[float]) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    watch_until(lambda: (out / CSV).exists() and "a.txt" in listed(out), source, Reader(out))
    watch_until(after(1.0), source, Reader(out))
    assert len(written) <= 4  # nothing new, nothing written


def test_a_watch_shows_that_it_goes_on_between_batches(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")
    seen: list[Status] = []

    def look() -> bool:
        seen.append(read_status(out))
        return (out / "a.txt").exists()

    watch_until(look, source, Reader(out))
    assert {status.watched for status in seen} == {str(source)}
    assert next(status_lines(seen[-1])).startswith(f"Watching {source}: 1 pages read")
    assert "Đang theo dõi thư mục" in status_page(seen[-1])
    assert read_status(out).watched is None  # it has ended
    assert not next(status_lines(read_status(out))).startswith("Watching")


@pytest.mark.parametrize("pid", [os.getpid(), 2**22 + 1], ids=["alive", "gone"])
def test_a_watch_that_was_killed_is_seen_to_be_gone(out: Path, pid: int) -> None:
    sign = WatchSign(out, "in")
    (out / WATCH).mkdir(parents=True)
    sign._about["pid"] = pid
    sign.give()
    now = datetime.now(UTC)
    assert watched_folder(out, now) == ("in" if pid == os.getpid() else None)
    assert watched_folder(out, now + timedelta(hours=1)) is None


# --- what -------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="no pipes, links need rights")
def test_links_pipes_and_sockets_are_refused_once(source: Path, out: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "private.txt").write_text(letter(77), "utf-8")
    (source / "link.txt").symlink_to(outside / "private.txt")
    (source / "folder").symlink_to(outside)
    os.mkfifo(source / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(source / "socket.txt"))
        (source / "good.txt").write_text(letter(1), "utf-8")
        reader = Reader(out)
        watch_until(lambda: len(reader.keys) >= 5, source, reader)
        watch_until(after(0.5), source, reader)
    states = {key: row.error_code or str(row.state) for key, row in rows(out).items()}
    refused = dict.fromkeys(["link.txt", "folder", "pipe.txt", "socket.txt"], "not_found")
    assert states == refused | {"good.txt": "done"}
    assert b"77/TB" not in everything_in(out)


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
@pytest.mark.parametrize("swapped", ["sub", "sub/a.txt"])
def test_what_is_swapped_for_a_link_after_the_look_is_not_read(
    source: Path, out: Path, tmp_path: Path, swapped: str
) -> None:
    outside = tmp_path / "outside"
    for folder, number in ((source / "sub", 1), (outside / "sub", 77)):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(letter(number), "utf-8")
    [(item, stamps)] = Settling(source, out, pages_in_folders=False, seconds=0).look()
    (source / swapped).rename(source / "gone")
    (source / swapped).symlink_to(outside / swapped)
    assert take_in(item, stamps, source, tmp_path / "copy", 1 << 20) is None
    assert not (tmp_path / "copy").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_race_of_swaps_never_leads_outside(source: Path, out: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (source / "sub").mkdir()
    outside.mkdir()
    (source / "sub" / "a.txt").write_text(letter(11), "utf-8")
    (outside / "a.txt").write_text(letter(77), "utf-8")
    os.utime(outside / "a.txt", ns=(0, (source / "sub" / "a.txt").stat().st_mtime_ns))  # of one size and time
    over = threading.Event()

    def swap() -> None:
        real, kept, link = source / "sub", tmp_path / "kept", tmp_path / "link"
        while not over.is_set():
            link.symlink_to(outside)
            real.rename(kept)
            link.rename(real)
            real.unlink()
            kept.rename(real)

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        for _ in range(15):
            shutil.rmtree(out, ignore_errors=True)
            watch_until(after(0.1), source, Reader(out), Rhythm(look=0.0, settle=0.0))
            assert b"77/TB" not in everything_in(out)
    finally:
        over.set()
        swapper.join()
    watch_until(lambda: (out / "sub" / "a.txt").exists(), source, Reader(out))


def test_a_file_that_changes_while_it_is_copied_settles_again(source: Path, out: Path, tmp_path: Path) -> None:
    (source / "a.txt").write_text(letter(1), "utf-8")
    [(item, stamps)] = Settling(source, out, pages_in_folders=False, seconds=0).look()
    with (source / "a.txt").open("a", encoding="utf-8") as file:
        file.write("more")
    assert take_in(item, stamps, source, tmp_path / "copy", 1 << 20) is None


def test_large_files_are_refused_without_a_copy(source: Path, out: Path) -> None:
    (source / "large.txt").write_text(letter() * 9, "utf-8")
    reader = Reader(out, limits={"file_bytes": 500})
    watch_until(lambda: bool(reader.keys), source, reader)
    assert rows(out)["large.txt"].error_code == "too_large"


# --- who and how long -------------------------------------------------------------------------------------------------


def test_one_watch_a_folder(source: Path, out: Path) -> None:
    (source / "a.txt").write_text(letter(), "utf-8")

    def second(inputs: Sequence[Input]) -> Report:
        with pytest.raises(OutputError, match="Another run"):
            watch(source, out, Settings(), Reader(out), rhythm=QUICK)
        raise KeyboardInterrupt

    assert watch(source, out, Settings(), second, rhythm=QUICK) is None


def test_a_watch_needs_a_folder_of_its_own(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        watch(tmp_path / "none", tmp_path / "out", Settings(), Reader(tmp_path / "out"))
    with pytest.raises(UsageError):
        watch(source, source, Settings(), Reader(source))


@contextmanager
def _start(source: Path, out: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "sohoa", "batch", str(source), "-o", str(out), "--watch", "--settle", "0.2"]
    command += ["--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_the_command_survives_kill_and_ends_with_interrupt(source: Path, out: Path) -> None:
    (source / "1.txt").write_text(letter(1), "utf-8")
    with _start(source, out) as process:
        _wait_for(out / "1.txt" / "record.json", process)
        process.kill()
    (source / "2.txt").write_text(letter(2), "utf-8")
    with _start(source, out) as process:
        _wait_for(out / "2.txt" / "record.json", process)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    assert process.returncode in {0, 130}
    assert "2/TB-UBND" in output
    assert {key: row.state for key, row in rows(out).items()} == dict.fromkeys(["1.txt", "2.txt"], State.DONE)
    assert not (out / ".sohoa" / "watch" / "taken").exists()


def test_nothing_is_made_in_a_folder_that_is_named_as_source_and_output(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="input folder"):
        watch(tmp_path, tmp_path, Settings(), lambda _inputs: pytest.fail("nothing is to be read"))
    assert not any(tmp_path.iterdir())
