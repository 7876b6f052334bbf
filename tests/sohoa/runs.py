"""Small letters to read, and runs over them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.ledger import LEDGER, Entry, Ledger
from sohoa.executors import SerialExecutor
from sohoa.inputs import escaped, find_inputs, named_inputs
from sohoa.run import Report, run
from sohoa.settings import Settings

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
