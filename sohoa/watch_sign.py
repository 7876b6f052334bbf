"""The sign of life of a watch: who looks at its output folder between two batches sees that it goes on."""

from __future__ import annotations

import json
import os
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from corpus.store import write_whole
from normalize.errors import OutputError
from sohoa.event_log import is_alive

__all__ = ["WATCH", "WatchSign", "watched_folder"]

WATCH: Final = Path(".sohoa", "watch")
"""Where a watch keeps what it needs, in the output folder."""

_SIGN: Final = WATCH / "sign.json"
_EVERY_SECONDS: Final = 60.0


class WatchSign:
    """The sign that a watch of ``source`` (a path as people may see it) gives in ``out``, which it holds."""

    def __init__(self, out: Path, source: str) -> None:
        self._path = out / _SIGN
        self._about = {"source": source, "host": socket.gethostname(), "pid": os.getpid()}
        self._given = float("-inf")

    def give(self) -> None:
        """Renew the sign once a minute; where that cannot be written, the watch goes on without."""
        if time.monotonic() - self._given >= _EVERY_SECONDS:
            self._given = time.monotonic()
            sign = self._about | {"at": datetime.now(UTC).isoformat()}
            with suppress(OutputError):
                write_whole(self._path, json.dumps(sign).encode())

    def end(self) -> None:
        """Take the sign away."""
        with suppress(OSError):
            self._path.unlink()


def watched_folder(out: Path, at: datetime) -> str | None:
    """The folder that a watch into ``out`` looks at; None where there is no watch."""
    try:
        sign = json.loads((out / _SIGN).read_bytes())
        source, host, pid = str(sign["source"]), str(sign["host"]), int(sign["pid"])
        given = datetime.fromisoformat(sign["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return source if is_alive(host, pid, given, at) else None
