"""The command that tries again what failed."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from typing import Final

from corpus.failure_kinds import failure_kind

__all__ = ["retry_command"]

# A limit that a document ran into is doubled; the usual one is three minutes a page.
_MORE_SECONDS: Final = "360"
_ONCE_WITH_VALUE: Final = ("--redo", "--settle")
_MOST_WORDS: Final = 30  # a longer command nobody reads


def retry_command(code: str, out: str, typed: Sequence[str]) -> str:
    """The command that tries again what failed for ``code``.

    Args:
        code: ``error_code`` of the ledger; empty for all that failed.
        out: Output folder.
        typed: What was typed after ``sohoa`` for the run; its options shape the results. Empty where nobody knows.
    """
    options = ("--timeout-per-page", _MORE_SECONDS) if code == "time_limit" else failure_kind(code).options
    words = _kept(typed) if 0 < len(typed) <= _MOST_WORDS else []
    command = ["sohoa", *(words or ["batch", "SRC", "-o", out]), "--redo", "failed", *options]
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)


def _kept(typed: Sequence[str]) -> list[str]:
    """What was typed, without what belongs to one time only."""
    kept = []
    words = iter(typed)
    for word in words:
        if word in _ONCE_WITH_VALUE:
            next(words, None)
        elif word != "--watch" and not word.startswith(tuple(f"{option}=" for option in _ONCE_WITH_VALUE)):
            kept.append(word)
    return kept
