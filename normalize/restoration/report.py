"""Showing a restoration: a page with old and new side by side, and a report for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from html import escape
from itertools import zip_longest
from typing import Any, Final

from normalize.restoration.result import Change, Restoration

__all__ = ["HTML_END", "changes_of", "html_begin", "html_rows"]

_STYLE: Final = """
body{font:15px/1.5 serif;margin:1.5rem}table{border-collapse:collapse;width:100%}td{vertical-align:top;width:50%;
padding:1px .8rem;white-space:pre-wrap;border-bottom:1px solid #eee}mark{border-radius:2px;padding:0 1px}
.sure{background:#dff0d8}.likely{background:#fff3bf}.doubtful{background:#ffc9c9}.left{background:#d0d7ff}
"""
HTML_END: Final = "</table></body></html>\n"
_SURE: Final = 0.99
_LIKELY: Final = 0.9


def changes_of(restoration: Restoration, start: int = 0) -> Iterator[dict[str, Any]]:
    """Each change as plain data, offsets in the NFC input; ``start`` is where the restored block begins in its text."""
    for change in restoration.changes:
        yield asdict(replace(change, start=change.start + start, end=change.end + start))


def html_begin(title: str) -> str:
    """A page that stands by itself, up to its first row: the input left, the result right."""
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="vi"><head>{head}</head><body><table>\n'


def html_rows(restoration: Restoration) -> str:
    """A row for each line of the text, or of a block of it; changed words are coloured by doubt.

    Green changes are sure (0.99 and more), yellow likely (0.9), red doubtful; blue ones were proposed but not made.
    """
    old: list[str] = []
    new: list[str] = []
    done = 0
    for change in restoration.changes:
        between = escape(restoration.source[done : change.start])
        old += [between, _marked(change, change.old)]
        new += [between, _marked(change, change.new if change.applied else change.old)]
        done = change.end
    rest = escape(restoration.source[done:])
    rows = zip_longest("".join((*old, rest)).splitlines(), "".join((*new, rest)).splitlines(), fillvalue="")
    return "".join(f"<tr><td>{left}</td><td>{right}</td></tr>\n" for left, right in rows)


def _marked(change: Change, text: str) -> str:
    """A word in the colour of its doubt; pointing at it shows the other readings."""
    probability = change.probability
    tone = "sure" if probability >= _SURE else "likely" if probability >= _LIKELY else "doubtful"
    others = ", ".join(f"{a.text} {a.probability:.2f}" for a in change.alternatives)
    hint = escape(f"{change.old} → {change.new} {probability:.3f}" + (f" | {others}" if others else ""), quote=True)
    return f'<mark class="{tone if change.applied else "left"}" title="{hint}">{escape(text)}</mark>'
