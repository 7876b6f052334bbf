"""Restoration: damaged Vietnamese text becomes right again (noisy channel over syllables, n-gram language model)."""

from __future__ import annotations

from normalize.restoration.blocks import RunningDiagnosis
from normalize.restoration.restoring import restore, restore_lines
from normalize.restoration.result import Alternative, Change, Restoration

__all__ = ["Alternative", "Change", "Restoration", "RunningDiagnosis", "restore", "restore_lines"]
