"""Which files of a watched folder are whole: size and time have settled, and nobody is still writing.

A look lists the folder; nothing relies on messages of the system, which network shares do not send.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import regex

from sohoa.inputs import Input, find_inputs

__all__ = ["Settling", "Stamp", "stamp_of"]

# Downloads that are not finished, and what scanners and office programs put beside a file while they write it.
_UNFINISHED: Final = regex.compile(
    r"\..*|~.*|.*~|.*\.(?:part|partial|crdownload|download|opdownload|filepart|tmp|temp|lock|lck|!ut|aria2)",
    regex.IGNORECASE,
)
# A file is often made empty long before the first page is in it: a scanner may take a minute for that.
_EMPTY_TIMES: Final = 12
_ACCESS_MODE: Final = 0o3


@dataclass(frozen=True, slots=True)
class Stamp:
    """What shows that a file was changed, without reading it; ``mode`` tells links and pipes apart."""

    device: int
    inode: int
    mode: int
    bytes: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp in what ``stat`` says."""
        return cls(status.st_dev, status.st_ino, stat.S_IFMT(status.st_mode), status.st_size, status.st_mtime_ns)


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file, of a link itself; None where there is none."""
    try:
        return Stamp.of(path.lstat())
    except OSError:
        return None


class Settling:
    """Watches one folder; knows what it has handed out.

    Args:
        source: The folder.
        out: Output folder; nothing in it is an input.
        pages_in_folders: Whether a folder that holds page images only is one document.
        seconds: How long a file must stay as it is before it counts as whole.
        clock: A clock that never goes back.
    """

    def __init__(
        self,
        source: Path,
        out: Path,
        *,
        pages_in_folders: bool,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._out = out
        self._pages_in_folders = pages_in_folders
        self._seconds = seconds
        self._clock = clock
        self._since: dict[str, tuple[tuple[Stamp, ...], float]] = {}
        self._handed: dict[str, tuple[Stamp, ...]] = {}

    def look(self) -> list[tuple[Input, tuple[Stamp, ...]]]:
        """Inputs that have settled and are not read as they are now, in natural order, each with its files' stamps.

        What cannot be read (links, pipes, devices, folders that may not be listed) is among them, so that the ledger
        has it. A folder that is out of reach for the moment gives nothing and forgets nothing.
        """
        if not self._source.is_dir():
            return []
        now, seen, settled = self._clock(), {}, []
        for item in find_inputs(self._source, out=self._out, pages_in_folders=self._pages_in_folders):
            if item.ignored or any(_UNFINISHED.fullmatch(path.name) for path in item.paths):
                continue
            stamps = _stamps(item.paths)
            if stamps is None:
                continue
            before, since = self._since.get(item.key, (None, now))
            seen[item.key] = stamps, (since if stamps == before else now)
            if self._handed.get(item.key) != stamps and now - seen[item.key][1] >= self._patience(stamps):
                settled.append((item, stamps))
        self._since = seen
        self._handed = {key: stamps for key, stamps in self._handed.items() if key in seen}
        written = _open_for_writing() if settled else frozenset()
        return [(item, stamps) for item, stamps in settled if not any((s.device, s.inode) in written for s in stamps)]

    def handed_out(self, item: Input, stamps: tuple[Stamp, ...]) -> None:
        """``item`` was read as it was at ``stamps``: it comes again only when it changes."""
        self._handed[item.key] = stamps

    def _patience(self, stamps: Sequence[Stamp]) -> float:
        empty = any(stat.S_ISREG(stamp.mode) and stamp.bytes == 0 for stamp in stamps)
        return self._seconds * (_EMPTY_TIMES if empty else 1)


def _stamps(paths: Sequence[Path]) -> tuple[Stamp, ...] | None:
    """The stamps of all files; None when one went away since the folder was listed."""
    stamps = tuple(stamp for path in paths if (stamp := stamp_of(path)) is not None)
    return stamps if len(stamps) == len(paths) else None


def _open_for_writing() -> frozenset[tuple[int, int]]:
    """Device and inode of the files that processes of this machine hold open for writing, as far as this user sees.

    Linux only; elsewhere, and for writers on other machines, settled size and time must do.
    """
    if sys.platform != "linux":
        return frozenset()
    found = set()
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            info = (handle.parent.parent / "fdinfo" / handle.name).read_text("ascii")
            flags = next((line.split()[1] for line in info.splitlines() if line.startswith("flags:")), "0")
            if int(flags, 8) & _ACCESS_MODE != os.O_RDONLY:
                status = handle.stat()
                found.add((status.st_dev, status.st_ino))
        except OSError:  # of another user, or closed by now
            continue
    return frozenset(found)
