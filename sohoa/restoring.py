"""Restoring a text file: broken OCR text in; right Vietnamese, a list of changes and a page to compare them out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from corpus.store import write_whole
from normalize.errors import EmptyInputError, UnsupportedInputError, UsageError
from normalize.restoration import Restoration, restore
from normalize.restoration.report import to_html, to_report
from ocr.limits import Limits
from ocr.sniff import Kind, display_name, open_regular, sniff
from sohoa.plain_text import decode_text

__all__ = ["STANDARD_INPUT", "restore_file", "write_restoration"]

STANDARD_INPUT = Path("-")


def restore_file(path: Path, limits: Limits, *, min_probability: float | None = None) -> Restoration:
    """Restore a text file, or standard input for ``-``; lines, line ends and layout stay as they are.

    Args:
        path: A text, or ``-``.
        limits: What is refused before it is read.
        min_probability: Less likely changes are proposed, not made; by the kind of damage if not given.

    Raises:
        InputError: Not there, empty, too large, not a text, or in no encoding known here.
        UsageError: ``min_probability`` is not in 0..1.
    """
    if min_probability is not None and not 0 <= min_probability <= 1:
        raise UsageError("--min-probability is a number from 0 to 1.")
    return restore(_text_of(path, limits), min_probability=min_probability)


def _text_of(path: Path, limits: Limits) -> str:
    if path == STANDARD_INPUT:
        data, name = sys.stdin.buffer.read(limits.file_bytes), "standard input"
    else:
        if sniff(path, limits) is not Kind.TEXT:
            raise UnsupportedInputError(f"{display_name(path)} is not a text.", "Scans and PDFs are for `sohoa read`.")
        with open_regular(path, limits) as file:
            data, name = file.read(), display_name(path)
    if not data:
        raise EmptyInputError(f"{name} is empty.")
    return decode_text(data, name)


def write_restoration(
    restoration: Restoration, *, out: Path | None, report: Path | None, html: Path | None, title: str
) -> None:
    """Write what was asked for, each file whole or not at all; the text to standard output without ``out``.

    Raises:
        OutputError: A file cannot be written.
    """
    if report is not None:
        write_whole(report, (json.dumps(to_report(restoration), ensure_ascii=False, indent=1) + "\n").encode())
    if html is not None:
        write_whole(html, to_html(restoration, title=title).encode())
    if out is not None:
        write_whole(out, restoration.text.encode())
    else:
        sys.stdout.buffer.write(restoration.text.encode())
        sys.stdout.flush()
