"""The dossiers of a command line: a folder each, or one file; their inputs and the day they came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import regex

from appraise.outputs.summary_sheet import SUMMARY
from normalize.errors import NotFoundError, UsageError
from normalize.natural_order import natural_key
from sohoa.inputs import Input, escaped, find_inputs

__all__ = ["READ", "RECEIVED", "DossierInputs", "all_inputs", "day_of", "dossier_inputs"]

RECEIVED: Final = "received.txt"
READ: Final = "van-ban-da-doc"
"""Folder of the output folder that holds the result folders of all files read."""
RESERVED: Final = (READ, SUMMARY, ".sohoa")

_ISO = regex.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_VIETNAMESE = regex.compile(
    r"(?:ngày\s{1,4})?(?P<day>\d{1,2})(?:\s{0,2}[/.-]\s{0,2}|\s{1,4}tháng\s{1,4})(?P<month>\d{1,2})"
    r"(?:\s{0,2}[/.-]\s{0,2}|\s{1,4}năm\s{1,4})(?P<year>\d{4})",
    regex.IGNORECASE,
)
_LONGEST_RECEIVED = 1000  # bytes; a longer file is no date


@dataclass(frozen=True, slots=True)
class DossierInputs:
    """One dossier before it is read.

    Attributes:
        name: Of its folder or file; no two dossiers of a run have the same.
        inputs: Their keys begin with ``name``, then the path within the dossier.
        received: ISO date, None where nobody said.
        unread: What could not be used, with the reason in Vietnamese.
    """

    name: str
    inputs: tuple[Input, ...]
    received: str | None
    unread: tuple[tuple[str, str], ...] = ()

    def name_of(self, item: Input) -> str:
        """Path of an input within the dossier, as outputs show it."""
        return item.key.removeprefix(f"{self.name}/")


def dossier_inputs(
    paths: Sequence[Path], *, out: Path, received: str | None, pages_in_folders: bool
) -> list[DossierInputs]:
    """The dossiers at ``paths``, in natural order; a path given twice counts once.

    Args:
        paths: Folders, or files that hold several papers.
        out: The output folder; nothing in it is an input.
        received: Day that all of them came in, ISO or day/month/year; else each one's ``received.txt`` says.
        pages_in_folders: Whether a folder of page images only is one document.

    Raises:
        NotFoundError: A path is not there.
        UsageError: ``received`` is no day, or a dossier is the output folder.
    """
    given = _given_day(received)
    once = {path.resolve(): path for path in paths}
    taken = {name.casefold() for name in RESERVED}
    found = []
    for resolved, path in sorted(once.items(), key=lambda both: natural_key(str(both[1]))):
        wanted = escaped(resolved.name) or "ho-so"
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted}~{number}"
        taken.add(name.casefold())
        found.append(_one(path, name, out, given, pages_in_folders=pages_in_folders))
    return found


def _one(path: Path, name: str, out: Path, given: str | None, *, pages_in_folders: bool) -> DossierInputs:
    if not path.exists():
        raise NotFoundError(f"There is no dossier {path}.")
    if not path.is_dir():
        return DossierInputs(name, (Input(f"{name}/{escaped(path.name)}", (path,)),), given)
    inputs = find_inputs(path, out=out, pages_in_folders=pages_in_folders)
    kept = (item for item in inputs if item.key.lower() != RECEIVED)
    own, unread = _received_of(path)
    keyed = tuple(replace(item, key=f"{name}/{item.key}") for item in kept)
    return DossierInputs(name, keyed, given or own, () if given else unread)


def _received_of(folder: Path) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """The day in ``received.txt``; one that cannot be read is told, never guessed."""
    try:
        raw = (folder / RECEIVED).read_bytes()
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, ((RECEIVED, f"không mở được ({error.strerror})"),)
    day = day_of(raw.decode("utf-8-sig", errors="replace")) if len(raw) <= _LONGEST_RECEIVED else None
    return (day, ()) if day else (None, ((RECEIVED, "không đọc được ngày nhận; ghi ngày/tháng/năm, ví dụ 29/07/2019"),))


def _given_day(text: str | None) -> str | None:
    if text is None:
        return None
    day = day_of(text)
    if day is None:
        raise UsageError(f"--received {text} is no day.", "Write it as 2019-07-29 or 29/07/2019.")
    return day


def day_of(text: str) -> str | None:
    """The one day that ``text`` names, as ISO date; None for none, for several and for days that do not exist.

    >>> day_of("29/7/2019"), day_of("ngày 29 tháng 7 năm 2019"), day_of("2019-07-29"), day_of("31/6/2019")
    ('2019-07-29', '2019-07-29', '2019-07-29', None)
    """
    days = {_day(match) for pattern in (_ISO, _VIETNAMESE) for match in pattern.finditer(text)}
    return days.pop() if len(days) == 1 else None


def _day(match: regex.Match[str]) -> str | None:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None


def all_inputs(dossiers: Iterable[DossierInputs]) -> list[Input]:
    """The inputs of all dossiers, in order."""
    return [item for dossier in dossiers for item in dossier.inputs]
