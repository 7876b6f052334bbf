"""Taking settled files out of a watched folder: copied through handles of its folders, so that no path is followed.

Between listing and reading, whoever may write into the folder could put a link in the place of a file or of a whole
folder and have a file read that they may not read themselves. Here every name on the way is opened relative to the
folder above it and never through a link, and what is hashed, read and kept is the copy, which nobody changes.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from corpus.store import writing
from sohoa.inputs import Input, escaped
from sohoa.settling import Stamp, stamp_of

__all__ = ["TakenInput", "take_in"]

_WHAT = "The copy of an input"
_PIECE = 1 << 20
_HAS_HANDLES = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class TakenInput(Input):
    """An input that is read from a copy.

    Attributes:
        original: Where the original lies, for people.
    """

    original: str = ""

    @property
    def origin(self) -> str:
        """Where it lies, for people."""
        return self.original


def take_in(item: Input, stamps: Sequence[Stamp], source: Path, folder: Path, most_bytes: int) -> Input | None:
    """A copy of ``item`` in the new folder ``folder``; None when it is no longer what was seen: it must settle again.

    Inputs that are refused anyway, and files larger than the limits allow, are handed on without a copy.

    Args:
        item: As found below ``source``.
        stamps: Of its files, as they were when they had settled.
        source: The watched folder.
        folder: Where to copy to; made here.
        most_bytes: Larger files are not copied; the run refuses them by their size.

    Raises:
        OutputError: The copy cannot be written.
    """
    if item.trouble is not None or any(stamp.bytes > most_bytes for stamp in stamps):
        return item if all(stamp_of(path) == stamp for path, stamp in zip(item.paths, stamps, strict=True)) else None
    with writing(_WHAT):
        folder.mkdir(mode=0o700)
    copies = []
    for path, stamp in zip(item.paths, stamps, strict=True):
        copy = folder / path.name
        if not _copied(path.relative_to(source), source, stamp, copy):
            shutil.rmtree(folder, ignore_errors=True)
            return None
        copies.append(copy)
    kept = {field.name: getattr(item, field.name) for field in fields(Input)} | {"paths": tuple(copies)}
    return TakenInput(**kept, original=escaped(str(Path.cwd() / item.paths[0])))


def _copied(path: Path, source: Path, stamp: Stamp, copy: Path) -> bool:
    """Copy one file; False when on the way or in the file something is not as it was seen."""
    try:
        with _opened(path, source) as handle:
            if Stamp.of(os.fstat(handle)) != stamp:
                return False
            _pour(handle, copy)
            return Stamp.of(os.fstat(handle)) == stamp and copy.stat().st_size == stamp.bytes
    except OSError:  # gone, a link in its place, a share that is out of reach
        return False


def _pour(handle: int, copy: Path) -> None:
    """Copy from ``handle``; what fails in reading stays an OSError, what fails in writing ends the watch."""
    with ExitStack() as stack:
        with writing(_WHAT):
            to = stack.enter_context(copy.open("xb", buffering=0))
        while piece := os.read(handle, _PIECE):
            with writing(_WHAT):
                to.write(piece)


@contextmanager
def _opened(path: Path, source: Path) -> Iterator[int]:
    """A handle of ``source / path``; where the system has no handles of folders, links on the way are looked for."""
    with ExitStack() as stack:

        def keep(handle: int) -> int:
            stack.callback(os.close, handle)
            return handle

        if not _HAS_HANDLES:
            steps = [source.joinpath(*path.parts[: count + 1]) for count in range(len(path.parts))]
            if any(_is_link(step) for step in steps):
                raise OSError("a link on the way")
            yield keep(os.open(source / path, _FLAGS))
            return
        here = keep(os.open(source, os.O_RDONLY | os.O_DIRECTORY))
        for name in path.parts[:-1]:
            here = keep(os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here))
        handle = keep(os.open(path.name, _FLAGS, dir_fd=here))
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("not a regular file")
        yield handle


def _is_link(path: Path) -> bool:
    """Whether ``path`` is a link, or a junction of Windows."""
    status = path.lstat()
    attributes = getattr(status, "st_file_attributes", 0)
    return stat.S_ISLNK(status.st_mode) or bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0))
