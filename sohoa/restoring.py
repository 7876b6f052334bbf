"""Restoring a text file: broken OCR text in; right Vietnamese, a list of changes and a page to compare them out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from corpus.store import whole_file
from normalize.errors import EmptyInputError, TooLargeError, UnsupportedInputError, UsageError
from normalize.restoration import RunningDiagnosis, restore_lines
from ocr.limits import Limits
from ocr.sniff import Kind, display_name, open_regular, sniff_bytes
from sohoa.plain_text import decoded, pieces_of
from sohoa.restoration_files import ComparisonPage, Report

__all__ = ["STANDARD_INPUT", "restore_file"]

STANDARD_INPUT = Path("-")


def restore_file(
    path: Path,
    limits: Limits,
    *,
    out: Path | None = None,
    report: Path | None = None,
    html: Path | None = None,
    min_probability: float | None = None,
) -> None:
    """Restore a text file, or standard input for ``-``, block by block: memory does not grow with the file.

    Lines, line ends and layout stay as they are. Files appear whole or not at all.

    Args:
        path: A text, or ``-``.
        limits: What is refused before it is read.
        out: Where the text goes, in UTF-8; standard output without it.
        report: Where the list of changes goes, as JSON.
        html: Where a page with old and new side by side goes.
        min_probability: Less likely changes are proposed, not made; by the kind of damage if not given.

    Raises:
        InputError: Not there, empty, too large, not a text, or in no encoding known here.
        UsageError: ``min_probability`` is not in 0..1.
        OutputError: A file cannot be written.
    """
    if min_probability is not None and not 0 <= min_probability <= 1:
        raise UsageError("--min-probability is a number from 0 to 1.")
    with ExitStack() as stack:
        text = stack.enter_context(_text_of(path, limits))
        changes = Report(stack.enter_context(whole_file(report))) if report else None
        page = ComparisonPage(stack.enter_context(whole_file(html)), path.name) if html else None
        restored = stack.enter_context(whole_file(out)) if out else sys.stdout.buffer
        running = RunningDiagnosis()
        for block in restore_lines(text, min_probability=min_probability, running=running):
            restored.write(block.text.encode())
            restored.flush()
            if changes:
                changes.add(block)
            if page:
                page.add(block)
        if changes:
            changes.close(running.diagnosis)
        if page:
            page.close()


@contextmanager
def _text_of(path: Path, limits: Limits) -> Iterator[Iterator[str]]:
    """The text in pieces, read as they are asked for."""
    if path == STANDARD_INPUT:
        yield _checked(sys.stdin.buffer, "standard input", limits)
    else:
        with open_regular(path, limits) as file:
            yield _checked(file, display_name(path), limits)


def _checked(file: BinaryIO, name: str, limits: Limits) -> Iterator[str]:
    pieces = pieces_of(file)
    head = next(pieces, b"")
    if not head.strip():
        raise EmptyInputError(f"{name} is empty.")
    if sniff_bytes(head) is not Kind.TEXT:
        raise UnsupportedInputError(f"{name} is not a text.", "Scans and PDFs are for `sohoa read`.")
    return decoded(_within(chain([head], pieces), name, limits), name)


def _within(pieces: Iterator[bytes], name: str, limits: Limits) -> Iterator[bytes]:
    """The pieces, until there are more than the limit: a pipe does not say beforehand how much will come."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limits.file_bytes:
            raise TooLargeError(f"{name} has more bytes than the limit file_bytes, {limits.file_bytes}.")
        yield piece
