"""A page (HTML, Vietnamese) about a batch: how far it is, how fast, what failed. By itself: no script, no network."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from typing import Final

from corpus.attention import WEAK_CONFIDENCE
from corpus.failure_kinds import failure_kind
from corpus.ledger import State
from sohoa.quarantine import QUARANTINE_XLSX, in_quarantine, retry_words
from sohoa.status import Status
from sohoa.status_plots import Bar, column_plot, row_plot
from sohoa.status_series import confidence_counts, pages_over_time
from sohoa.status_tables import STATE_NAMES

__all__ = ["status_page"]

_MOST_ROWS: Final = 500  # of a table; the workbooks have them all
_TIME_LABELS: Final = 6
_STYLE: Final = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,sans-serif;color:#1b1f24;background:#fff;max-width:62rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid #b8c0c8}
p{margin:.4rem 0}.quiet{color:#4d5761}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem;margin:1rem 0}
dl div{border:1px solid #b8c0c8;border-radius:4px;padding:.5rem .7rem}dt{color:#4d5761;font-size:.85rem}
dd{margin:0;font-size:1.35rem;font-weight:600}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0}caption{text-align:left;color:#4d5761}
th,td{border:1px solid #b8c0c8;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#eef2f6}td.n,th.n{text-align:right;overflow-wrap:normal;white-space:nowrap}
code{background:#eef2f6;padding:.05rem .3rem;overflow-wrap:anywhere}
figure{margin:.5rem 0;overflow-x:auto}
svg{width:100%;min-width:34rem;height:auto;font:12px system-ui,sans-serif;fill:#1b1f24}
.bar{fill:#2f6da3}.marked{fill:#b45309}.line{stroke:#d3d9df}details{font-size:.9rem}summary{cursor:pointer}
@media print{body{max-width:none;padding:0;font-size:11pt}svg{min-width:0}
h2{break-after:avoid}figure,tr,dl div{break-inside:avoid}
details{display:none}thead{display:table-header-group}}
"""
_SAFETY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def status_page(status: Status) -> str:
    """The page; times in the time zone of ``status.at``."""
    name = escape(str(status.out))
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_SAFETY}">'
        f'<meta name="viewport" content="width=device-width"><title>Tình hình số hóa: {name}</title>'
        f"<style>{_STYLE}</style>"
    )
    sections = (
        _summary(status),
        _pace(status),
        _confidence(status),
        _failures(status),
        _quarantine(status),
        _duplicates(status),
    )
    return (
        f'<!doctype html>\n<html lang="vi"><head>{head}</head>\n<body><main>{"".join(sections)}</main></body></html>\n'
    )


def _summary(status: Status) -> str:
    figures = [
        ("Tổng số tệp", _number(len(status.entries))),
        *((STATE_NAMES[state], _number(status.count(state))) for state in State),
        ("Số trang đã đọc", _number(status.pages)),
        ("Trang mỗi phút", _decimal(status.pages_per_minute)),
    ]
    if status.is_running:
        figures.append(("Còn khoảng", _duration(status.seconds_left)))
    tiles = "".join(f"<div><dt>{label}</dt><dd>{figure}</dd></div>" for label, figure in figures)
    parts = " + ".join(f"{_number(status.count(state))} {STATE_NAMES[state].lower()}" for state in State)
    return (
        f"<h1>Tình hình số hóa</h1><p><code>{escape(str(status.out))}</code></p>"
        f'<p class="quiet">Lúc {_moment(status.at)} ({_zone(status.at)}). {_run_words(status)}</p>'
        f"<dl>{tiles}</dl><p>Đối chiếu: {_number(len(status.entries))} tệp = {parts}.</p>"
    )


def _run_words(status: Status) -> str:
    if status.is_running:
        return "Đang chạy."
    if status.watched is not None:
        return f"Đang theo dõi thư mục <code>{escape(status.watched)}</code>, chờ tệp mới."
    if status.run is None:
        return ""
    last = _moment(status.run.last_sign.astimezone(status.at.tzinfo))
    match status.run.reason:
        case "done":
            return f"Lần chạy cuối đã xong lúc {last}."
        case "interrupted":
            return f"Lần chạy cuối dừng lúc {last} (Người dùng dừng); chạy lại cùng lệnh để tiếp tục."
        case None:
            return f"Lần chạy cuối bị đứt, dấu hiệu cuối cùng lúc {last}; chạy lại cùng lệnh để tiếp tục."
        case reason:
            why = failure_kind(reason)
            return f"Lần chạy cuối dừng lúc {last} ({why.name}). {why.todo}"


def _pace(status: Status) -> str:
    steps = pages_over_time(status.spans)
    if len(steps) < 2:
        return ""  # a minute or less: the figure above says it all
    every = math.ceil(len(steps) / _TIME_LABELS)
    times = [step.start.astimezone(status.at.tzinfo) for step in steps]
    pattern = "%H:%M" if times[0].date() == times[-1].date() else "%H:%M %d/%m"
    bars = [
        Bar(
            f"{time:{pattern}}" if number % every == 0 else "",
            step.per_minute,
            f"{_moment(time)}: {_decimal(step.per_minute)} trang/phút",
        )
        for number, (time, step) in enumerate(zip(times, steps, strict=True))
    ]
    fastest = max(step.per_minute for step in steps)
    words = f"Trung bình {_decimal(status.pages_per_minute)} trang mỗi phút, cao nhất {_decimal(fastest)}."
    plot = column_plot(
        "pace", "Số trang mỗi phút theo thời gian", words, bars, across=f"giờ ({_zone(status.at)})", up="trang/phút"
    )
    rows = [(_moment(time), _decimal(step.per_minute)) for time, step in zip(times, steps, strict=True)]
    return _figure("Số trang mỗi phút", words, plot, ("Từ lúc", "Trang/phút"), rows)


def _confidence(status: Status) -> str:
    counts = confidence_counts(status.entries)
    total = sum(counts)
    if not total:
        return ""
    first = next(number for number, count in enumerate(counts) if count)
    first = min(first, len(counts) // 2)  # the upper half at least, so that pages of two days are alike
    width = 1 / len(counts)
    ranges = [f"{_decimal(at * width, 2)}–{_decimal((at + 1) * width, 2)}" for at in range(len(counts))]
    bars = [
        Bar(
            _decimal(at * width, 2),
            counts[at],
            f"{ranges[at]}: {counts[at]} văn bản",
            at * width < WEAK_CONFIDENCE - 1e-9,
        )
        for at in range(first, len(counts))
    ]
    weak = sum(count for at, count in enumerate(counts) if at * width < WEAK_CONFIDENCE - 1e-9)
    words = (
        f"{_number(weak)} trong {_number(total)} văn bản có độ tin cậy trung bình dưới {_decimal(WEAK_CONFIDENCE, 2)}"
        " (màu cam): nên xem lại trước."
    )
    plot = column_plot(
        "confidence",
        "Số văn bản theo độ tin cậy",
        words,
        bars,
        across="độ tin cậy trung bình của các từ",
        up="văn bản",
        end="1",
    )
    rows = [(ranges[at], _number(counts[at])) for at in range(first, len(counts))]
    return _figure("Độ tin cậy", words, plot, ("Độ tin cậy", "Số văn bản"), rows)


def _failures(status: Status) -> str:
    failures = status.failures
    if not failures:
        return "<h2>Lỗi theo loại</h2><p>Không có tệp nào lỗi hay bị giữ lại.</p>"
    bars = [
        Bar(failure_kind(each.code).name, len(each.entries), f"{len(each.entries)} tệp", is_marked=True)
        for each in failures
    ]
    total = sum(len(each.entries) for each in failures)
    words = f"{_number(total)} tệp lỗi hoặc bị giữ lại, {_number(len(failures))} loại."
    plot = row_plot("failures", "Số tệp lỗi theo loại", words, bars)
    rows = [
        (
            escape(failure_kind(each.code).name),
            _number(len(each.entries)),
            escape(failure_kind(each.code).todo),
            retry_words(each.entries[0]),
            f"<code>{escape(each.command)}</code>",
        )
        for each in failures
    ]
    table = _table(("Loại", "Số tệp", "Cần làm gì", "Thử lại có ích không", "Lệnh thử lại"), rows, numeric={1})
    return f"<h2>Lỗi theo loại</h2><p>{words}</p><figure>{plot}</figure>{table}"


def _quarantine(status: Status) -> str:
    entries = in_quarantine(status.entries)
    if not entries:
        return ""
    rows = [
        (
            escape(entry.path),
            escape(failure_kind(entry.error_code).name),
            escape(failure_kind(entry.error_code).reason),
            retry_words(entry),
            escape(entry.error or ""),
        )
        for entry in entries[:_MOST_ROWS]
    ]
    table = _table(("Tệp", "Loại", "Lý do", "Thử lại có ích không", "Thông báo gốc (tiếng Anh)"), rows)
    command = f"<p>Thử lại tất cả tệp lỗi: <code>{escape(status.retry())}</code></p>"
    return f"<h2>Tệp cần xử lý</h2>{command}{table}{_more(len(entries), QUARANTINE_XLSX)}"


def _duplicates(status: Status) -> str:
    found = [(entry, "như nhau từng byte", entry.duplicate_of) for entry in status.entries if entry.duplicate_of]
    found += [
        (entry, "cùng nội dung, bản quét khác", entry.near_duplicate_of)
        for entry in status.entries
        if entry.near_duplicate_of
    ]
    if not found:
        return ""
    rows = [(escape(entry.path), escape(first or ""), how) for entry, how, first in found[:_MOST_ROWS]]
    table = _table(("Tệp", "Giống với", "Cách giống"), rows)
    note = (
        "<p>Chỉ để biết: mọi bản đều được giữ nguyên. Hai văn bản chỉ khác nhau ở số hay ngày viết tay mà máy không "
        "đọc được cũng nằm trong bảng này.</p>"
    )
    return f"<h2>Tệp trùng và gần giống</h2>{note}{table}{_more(len(found), 'bảng của --xlsx')}"


def _figure(title: str, words: str, plot: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    """A plot with its figures as a table, for those who cannot see it."""
    table = _table(headings, rows, numeric={1})
    return f"<h2>{title}</h2><p>{words}</p><figure>{plot}</figure><details><summary>Số liệu</summary>{table}</details>"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], numeric: Iterable[int] = ()) -> str:
    """``rows`` are HTML."""
    right = set(numeric)
    head = "".join(f'<th scope="col"{_class(at in right)}>{name}</th>' for at, name in enumerate(headings))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(_rows(rows, right))}</tbody></table>"


def _rows(rows: Iterable[Sequence[str]], right: set[int]) -> Iterator[str]:
    for row in rows:
        cells = "".join(f"<td{_class(at in right)}>{cell}</td>" for at, cell in enumerate(row))
        yield f"<tr>{cells}</tr>"


def _class(is_number: bool) -> str:
    return ' class="n"' if is_number else ""


def _more(count: int, where: str) -> str:
    return f"<p>… và {_number(count - _MOST_ROWS)} tệp nữa, xem {where}.</p>" if count > _MOST_ROWS else ""


def _moment(time: datetime) -> str:
    return f"{time:%H:%M %d/%m/%Y}"


def _zone(time: datetime) -> str:
    offset = f"{time:%z}"
    return "UTC" if offset in {"", "+0000"} else f"UTC{offset[:3]}:{offset[3:]}"


def _number(count: int) -> str:
    """12.345, as written here."""
    return f"{count:,}".replace(",", ".")


def _decimal(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:.{digits}f}".replace(".", ",")


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{max(1, minutes)} phút"
    hours = minutes // 60
    return f"{hours} giờ {minutes % 60} phút" if hours < 48 else f"{hours // 24} ngày {hours % 24} giờ"
