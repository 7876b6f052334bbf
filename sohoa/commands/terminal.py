"""Where commands print, and how many CPUs they may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

__all__ = ["cpus", "errors", "output", "quiet_output"]

# Where nobody's window sets a width (pipes, logs) the table gets one that its columns fit in.
output = Console() if sys.stdout.isatty() else Console(width=140)
errors = Console(stderr=True)


@contextmanager
def quiet_output() -> Iterator[None]:
    """Send to standard error what libraries and their C code print, whatever they think of it."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def cpus() -> int:
    """CPUs that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
