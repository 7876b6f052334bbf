"""Showing a restoration: a page with old and new side by side, and a report for machines."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from itertools import zip_longest
from typing import Any, Final

from normalize.restoration.result import Change, Restoration

__all__ = ["to_html", "to_report"]

_STYLE: Final = """
body{font:15px/1.5 serif;margin:1.5rem}table{border-collapse:collapse;width:100%}td{vertical-align:top;width:50%;
padding:1px .8rem;white-space:pre-wrap;border-bottom:1px solid #eee}mark{border-radius:2px;padding:0 1px}
.sure{background:#dff0d8}.likely{background:#fff3bf}.doubtful{background:#ffc9c9}.left{background:#d0d7ff}
"""
_SURE: Final = 0.99
_LIKELY: Final = 0.9


def to_report(restoration: Restoration) -> dict[str, Any]:
    """The changes as plain data, for ``--report``; offsets count code points of the NFC input."""
    return {
        "schema": "sohoa/restoration/1",
        "diagnosis": asdict(restoration.diagnosis),
        "changes": [asdict(change) for change in restoration.changes],
    }


def to_html(restoration: Restoration, *, title: str = "") -> str:
    """A page that stands by itself: the input left, the result right, line by line, changed words coloured by doubt.

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
    body = "\n".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in rows)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="vi"><head>{head}</head><body><table>\n{body}\n</table></body></html>\n'


def _marked(change: Change, text: str) -> str:
    """A word in the colour of its doubt; pointing at it shows the other readings."""
    probability = change.probability
    tone = "sure" if probability >= _SURE else "likely" if probability >= _LIKELY else "doubtful"
    others = ", ".join(f"{a.text} {a.probability:.2f}" for a in change.alternatives)
    hint = escape(f"{change.old} → {change.new} {probability:.3f}" + (f" | {others}" if others else ""), quote=True)
    return f'<mark class="{tone if change.applied else "left"}" title="{hint}">{escape(text)}</mark>'
