"""Room on the disk: looked at before a document is begun, since a full disk is noticed late and by many at once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from corpus.store import writing
from normalize.errors import DiskFullError
from sohoa.settings import Settings

__all__ = ["require_room"]

# Over 30 scans searchable.pdf took 0.99 times the bytes of its original (at most 1.35), and making it takes a cleaned
# copy and the one with words beside it.
_COPIES: Final = 3.5
_BYTES_PER_PAGE: Final = 150_000  # pages.json, record, texts: 35 kB a page, at most 82
_EVIDENCE_PER_PAGE: Final = 2_000_000
_SCRATCH: Final = 64 << 20  # an A4 page at 300 dpi lies there as 9 or 26 MB for Tesseract
_KEPT_FREE: Final = 16 << 20  # for the ledger, the list of documents and the log


def require_room(out: Path, size: int, pages: int, settings: Settings) -> None:
    """See that there is room for a result and for what is written on the way to it.

    Args:
        out: Output folder.
        size: Bytes of the input.
        pages: How many it has.
        settings: Whether evidence is drawn.

    Raises:
        DiskFullError: There is not.
        OutputError: A folder is not there any more.
    """
    per_page = _BYTES_PER_PAGE + (_EVIDENCE_PER_PAGE if settings.evidence else 0)
    needed = round(_COPIES * size) + pages * per_page + _KEPT_FREE
    for folder, wanted in ((out, needed), (Path(tempfile.gettempdir()), _SCRATCH)):
        with writing(str(folder)):  # it may be gone: a drive that was pulled out
            free = shutil.disk_usage(folder).free
        if free < wanted:
            raise DiskFullError(f"{folder} has {free >> 20} MB free, the next document may take {wanted >> 20} MB.")
