"""What a restoration leaves beside the text, written while it runs: the list of changes, the page to compare."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import BinaryIO

from normalize.diagnosis import Diagnosis
from normalize.restoration import Restoration
from normalize.restoration.report import HTML_END, changes_of, html_begin, html_rows

__all__ = ["ComparisonPage", "Report"]


class Report:
    """The changes as JSON, a line each; offsets count code points of the whole input in NFC.

    Args:
        file: An open file, for this report alone.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._done = 0
        self._is_first = True
        self._write('{"schema": "sohoa/restoration/1",\n"changes": [')

    def add(self, block: Restoration) -> None:
        """The changes of the next block of the text."""
        for change in changes_of(block, self._done):
            self._write("\n" if self._is_first else ",\n")
            self._write(json.dumps(change, ensure_ascii=False))
            self._is_first = False
        self._done += len(block.source)

    def close(self, diagnosis: Diagnosis) -> None:
        """The end of the report: what the text as a whole looked like."""
        self._write(f'\n],\n"diagnosis": {json.dumps(asdict(diagnosis), ensure_ascii=False)}}}\n')

    def _write(self, text: str) -> None:
        self._file.write(text.encode())


class ComparisonPage:
    """A page that stands by itself: the input left, the result right, line by line.

    Args:
        file: An open file, for this page alone.
        title: For the browser's tab.
    """

    def __init__(self, file: BinaryIO, title: str) -> None:
        self._file = file
        file.write(html_begin(title).encode())

    def add(self, block: Restoration) -> None:
        """The lines of the next block of the text."""
        self._file.write(html_rows(block).encode())

    def close(self) -> None:
        """The end of the page."""
        self._file.write(HTML_END.encode())
