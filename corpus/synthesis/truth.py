"""Writes what a synthetic scan says: transcriptions, fields and word boxes, in the forms the hand-made truth has.

``page-N.gt.txt``: one printed line a line; order as ``Zone`` lists it; ``[..]`` handwriting, ``<..>`` stamp text other
than round seals; table rows one a line. ``fields.json``: null = not visible. ``words.json``: boxes in points.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.synthesis.degradation import Scan
from corpus.synthesis.documents import Document
from corpus.synthesis.drawing import TrueWord

__all__ = ["fields_of", "in_reading_order", "transcription", "write_truth"]


def in_reading_order(words: Iterable[TrueWord]) -> list[TrueWord]:
    """Words by zone, then line; within a line as they were set (table cells one after the other)."""
    return sorted(words, key=lambda word: (word.zone, word.line))


def transcription(words: Iterable[TrueWord]) -> str:
    """The text of one page by the conventions above, each line ended by a line feed."""
    lines = groupby(in_reading_order(words), key=lambda word: (word.zone, word.line))
    return "".join(f"{_marked(list(line))}\n" for _, line in lines)


def _marked(words: Sequence[TrueWord]) -> str:
    text = ""
    for index, word in enumerate(words):
        before = words[index - 1] if index else None
        after = words[index + 1] if index + 1 < len(words) else None
        space = "" if before is None or word.glued else " "
        opens = "[" if word.hand and (before is None or not before.hand) else ""
        closes = "]" if word.hand and (after is None or not after.hand) else ""
        text += f"{space}{opens}{word.text}{closes}"
    return f"<{text}>" if words[0].stamp else text


def fields_of(document: Document) -> dict[str, Any]:
    """The facts of ``document`` with the keys of ``fields.json``."""
    fields = asdict(document.facts)
    second = document.foot.left
    fields["co_signers"] = [{"name": second.name, "title": second.lines[-1]}] if second else []
    fields["digital_signature"] = asdict(document.digital_mark) if document.digital_mark else None
    stamp = document.incoming
    fields["incoming_stamp"] = (
        {"org": stamp.organ, "number": stamp.number or None, "hour": None, "date": stamp.iso_date} if stamp else None
    )
    return fields


def write_truth(document: Document, scans: Sequence[Scan], folder: Path) -> None:
    """Write ``page-N.gt.txt``, ``fields.json`` and ``words.json`` for the scanned pages of ``document``."""
    for number, page in enumerate(scans, start=1):
        (folder / f"page-{number}.gt.txt").write_text(transcription(page.words), encoding="utf-8", newline="\n")
    fields = json.dumps(fields_of(document), ensure_ascii=False, indent=1)
    (folder / "fields.json").write_text(fields + "\n", encoding="utf-8", newline="\n")
    pages = ",\n".join(_page_json(_page(number, page)) for number, page in enumerate(scans, start=1))
    (folder / "words.json").write_text(f"[{pages}]\n", encoding="utf-8", newline="\n")


def _page_json(page: dict[str, Any]) -> str:
    """A page with one word a line: short to store, easy to compare."""
    words = ",\n".join(json.dumps(word, ensure_ascii=False) for word in page.pop("words"))
    return f'{json.dumps(page, ensure_ascii=False)[:-1]}, "words": [\n{words}\n]}}'


def _page(number: int, page: Scan) -> dict[str, Any]:
    height, width = page.pixels.shape[:2]
    words = [
        {
            "text": word.text,
            "box": word.box.as_list(),
            "zone": word.zone.name.lower(),
            "line": line,
            "role": word.role.value,
            "ink": word.ink.value,
            "hand": word.hand,
            "stamp": word.stamp,
            "glued": word.glued,
        }
        for line, word in _numbered(page.words)
    ]
    size = {"width": round(width * 72 / page.dpi, 2), "height": round(height * 72 / page.dpi, 2)}
    return {"page": number, **size, "dpi": page.dpi, "bilevel": page.bilevel, "words": words}


def _numbered(words: Iterable[TrueWord]) -> Iterable[tuple[int, TrueWord]]:
    lines = groupby(in_reading_order(words), key=lambda word: (word.zone, word.line))
    for number, (_, line) in enumerate(lines, start=1):
        for word in line:
            yield number, word
