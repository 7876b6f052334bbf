"""Watching a folder: what has settled in it is read, batch after batch, until Ctrl-C.

Nothing is remembered between watches but the ledger: what was there before is looked at once, and what the ledger says
still holds is passed over by the run. So a watch that is killed at any moment goes on where it was.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.ledger import LEDGER, Ledger
from corpus.store import hold
from normalize.errors import OutputError
from sohoa.inputs import Input, check_folders, escaped
from sohoa.lists import write_lists
from sohoa.report import Report
from sohoa.settings import Settings
from sohoa.settling import Settling, Stamp
from sohoa.taking_in import take_in
from sohoa.watch_sign import WATCH, WatchSign

__all__ = ["DEFAULT_RHYTHM", "Rhythm", "watch"]

# A run that begins with thousands of files would be closed, and its lists written, after days only.
_MOST_AT_ONCE: Final = 200
# Shares of the time: a look at 100,000 files takes seconds, and their lists half a minute.
_LOOKS_TAKE_ONE_OF: Final = 10
_LISTS_TAKE_ONE_OF: Final = 20


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a folder is looked at, in seconds.

    Attributes:
        look: From the end of a look, or of a batch, to the next look.
        settle: How long a file must keep its size and time before it counts as whole.
    """

    look: float = 2.0
    settle: float = 10.0


DEFAULT_RHYTHM = Rhythm()


def watch(
    source: Path,
    out: Path,
    settings: Settings,
    read: Callable[[Sequence[Input]], Report],
    *,
    rhythm: Rhythm = DEFAULT_RHYTHM,
    pause: Callable[[float], None] = time.sleep,
) -> Report | None:
    """Read what settles in ``source`` until Ctrl-C, or until a batch stops by itself (too many failures, a full disk).

    Args:
        source: A folder; it may be on a network share, and out of reach for a while.
        out: Output folder, which one watch may have at a time.
        settings: Of the runs.
        read: Reads some inputs into ``out`` and tells of it; :func:`sohoa.run.run` with an executor, without lists:
            these are written here, not for each of many small batches.
        rhythm: How often to look.
        pause: Waits for so many seconds.

    Returns:
        The batch that was cut short; None when Ctrl-C came between batches.

    Raises:
        UsageError: ``source`` is no folder, or is the output folder itself.
        OutputError: ``out`` cannot be written, or another watch has it.
    """
    check_folders(source, out)  # before anything is made in ``out``, which may be ``source`` by mistake
    place = out / WATCH
    with hold(place):
        lists, sign = _Lists(out), WatchSign(out, escaped(str(source)))
        settling = Settling(source, out, pages_in_folders=settings.pages_in_folders, seconds=rhythm.settle)
        try:
            while True:
                began = time.monotonic()
                found = settling.look()
                took = time.monotonic() - began
                for first in range(0, max(1, len(found)), _MOST_AT_ONCE):
                    sign.give()
                    some = found[first : first + _MOST_AT_ONCE]
                    lists.are_old |= bool(some)
                    report = _read_settled(some, settling, source, place, settings, read)
                    if report is not None and (report.interrupted or report.stopped):
                        return report
                    lists.write_when_due()
                pause(max(rhythm.look, _LOOKS_TAKE_ONE_OF * took))
        except KeyboardInterrupt:
            return None
        finally:
            shutil.rmtree(place / "taken", ignore_errors=True)
            with suppress(KeyboardInterrupt):
                lists.write_if_old()
            sign.end()


def _read_settled(
    found: Sequence[tuple[Input, tuple[Stamp, ...]]],
    settling: Settling,
    source: Path,
    place: Path,
    settings: Settings,
    read: Callable[[Sequence[Input]], Report],
) -> Report | None:
    """One batch of what has settled; None where there is nothing, or all of it has changed since."""
    if not found:
        return None
    copies = _emptied(place / "taken")
    taken = []
    for number, (item, stamps) in enumerate(found):
        copy = take_in(item, stamps, source, copies / str(number), settings.limits.file_bytes)
        if copy is not None:
            taken.append((copy, item, stamps))
    if not taken:
        return None
    report = read([copy for copy, _, _ in taken])
    for _, item, stamps in taken:
        settling.handed_out(item, stamps)
    _emptied(copies)
    return report


class _Lists:
    """The lists of a watched folder: old from a batch on, also one of an earlier watch, until they are written."""

    def __init__(self, out: Path) -> None:
        self.are_old = True
        self._out = out
        self._due = time.monotonic()

    def write_when_due(self) -> None:
        """Write them if they are old, seldom where that takes long."""
        if time.monotonic() >= self._due:
            self.write_if_old()

    def write_if_old(self) -> None:
        if not self.are_old:
            return
        self.are_old = False  # Ctrl-C ends the comparing, and the lists are written all the same
        began = time.monotonic()
        with hold(self._out), Ledger(self._out / LEDGER) as ledger:
            write_lists(self._out, ledger)
        self._due = time.monotonic() + (time.monotonic() - began) * _LISTS_TAKE_ONE_OF


def _emptied(folder: Path) -> Path:
    """``folder`` without what a watch that was killed left in it."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror}.") from error
    return folder
