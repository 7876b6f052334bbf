"""The folder for the temporary files of a run: page images, secret ones perhaps.

The guard of a run removes it however the run ends. Where both were killed (a power cut), the next run of the same user
does: a folder whose lock nobody holds any more belongs to no run.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

if sys.platform != "win32":
    import fcntl

__all__ = ["Scratch"]

_NEW, _OWN = "sohoa-new-", "sohoa-run-"
_LOCK = "lock"
_MODE = 0o700  # as mkdtemp makes them


@dataclass(frozen=True, slots=True)
class Scratch:
    """A folder that is this run's as long as it lives.

    Attributes:
        folder: Where it is.
        lock: Descriptor of its lock file; not inherited by any program that the run starts.
    """

    folder: Path
    lock: int

    @classmethod
    def make(cls) -> Self:
        """A new folder among the system's temporary files; those that dead runs have left there are removed."""
        _sweep(Path(tempfile.gettempdir()))
        new = Path(tempfile.mkdtemp(prefix=_NEW))
        lock = os.open(new / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        _try_lock(lock)
        # Locked before it has a name that others sweep.
        return cls(new.rename(new.with_name(new.name.replace(_NEW, _OWN, 1))), lock)

    def let_go(self) -> None:
        """The run is over."""
        os.close(self.lock)


def _sweep(temporary: Path) -> None:
    if sys.platform == "win32":
        return  # an open file cannot be removed there, and no lock is needed to tell
    for folder in temporary.glob(f"{_OWN}????????"):  # so many letters does mkdtemp draw
        try:
            status = folder.lstat()
            if status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) != _MODE:
                continue
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:  # half removed: a worker that the guard did not know of yet was writing into it
            shutil.rmtree(folder, ignore_errors=True)
            continue
        except OSError:  # another's
            continue
        try:
            if _try_lock(lock):
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)


def _try_lock(lock: int) -> bool:
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
