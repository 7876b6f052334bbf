"""``quarantine.xlsx`` and ``.csv``: what could not be read or is held, why, what to do, and what tries it again.

For the person who goes back to the shelf with it: in Vietnamese, one row a document, the kinds together. Excel opens
the first as it is; the second, with the same words, is for programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.failure_kinds import failure_kind
from corpus.ledger import Entry, State
from corpus.store import write_whole, writing
from normalize.natural_order import natural_key
from sohoa.event_log import last_run
from sohoa.retry_command import retry_command
from sohoa.status_tables import Column, csv_bytes, xlsx_bytes

__all__ = ["QUARANTINE_CSV", "QUARANTINE_XLSX", "in_quarantine", "retry_words", "write_quarantine"]

QUARANTINE_XLSX = "quarantine.xlsx"
QUARANTINE_CSV = "quarantine.csv"

_STATES = {State.FAILED: "Lỗi", State.HELD: "Giữ lại"}


def in_quarantine(entries: Iterable[Entry]) -> list[Entry]:
    """What failed or is held, by kind, then in natural order."""
    bad = [entry for entry in entries if entry.state in _STATES]
    return sorted(bad, key=lambda entry: (entry.state, entry.error_code or "", natural_key(entry.path)))


def retry_words(entry: Entry) -> str:
    """Whether trying again makes sense, Vietnamese."""
    if entry.state is State.HELD:
        return "Khi có quyết định"
    if entry.retryable or failure_kind(entry.error_code).retry == "as it is":
        return "Có"
    return "Chỉ sau khi thay hoặc sửa tệp"


def write_quarantine(out: Path, entries: Iterable[Entry]) -> None:
    """Write the report into ``out``, each file whole or not at all; where nothing is held back there is none.

    Args:
        out: Output folder.
        entries: Rows of its ledger.

    Raises:
        OutputError: It cannot be written (open in Excel on Windows, disk full).
    """
    rows = in_quarantine(entries)
    if not rows:
        with writing(QUARANTINE_XLSX):
            (out / QUARANTINE_XLSX).unlink(missing_ok=True)
            (out / QUARANTINE_CSV).unlink(missing_ok=True)
        return
    run = last_run(out)
    columns = _columns(str(out), run.command if run else ())
    write_whole(out / QUARANTINE_XLSX, xlsx_bytes({"Cần xử lý": (columns, rows)}))
    write_whole(out / QUARANTINE_CSV, csv_bytes(columns, rows))


def _columns(out: str, command: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("Tệp", 40, lambda entry: entry.path),
        Column("Tình trạng", 10, lambda entry: _STATES[entry.state]),
        Column("Loại lỗi", 22, lambda entry: failure_kind(entry.error_code).name),
        Column("Lý do", 44, lambda entry: failure_kind(entry.error_code).reason),
        Column("Cần làm gì", 44, lambda entry: failure_kind(entry.error_code).todo),
        Column("Thử lại có ích không", 18, retry_words),
        Column("Lệnh thử lại", 50, lambda entry: retry_command(entry.error_code or "", out, command)),
        Column("Số trang", 9, lambda entry: entry.pages),
        Column("Số lần đã thử", 9, lambda entry: entry.attempts or None),
        Column("Lúc (UTC)", 22, lambda entry: entry.finished_at),
        Column("Nơi lưu tệp gốc", 50, lambda entry: entry.origin),
        Column("Thông báo gốc (tiếng Anh)", 60, lambda entry: entry.error),
    )
