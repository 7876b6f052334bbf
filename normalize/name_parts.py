"""How often a word is part of a name: surname, middle or given (counted by train/restoration/names.py)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

__all__ = ["name_parts"]

_MODEL: Final = Path(__file__).parent / "models" / "names.npz"


@cache
def name_parts() -> Mapping[str, Mapping[str, float]]:
    """For ``surname``, ``middle`` and ``given``: words in small letters, natural logarithms of their shares."""
    shares: dict[str, dict[str, float]] = {}
    with np.load(_MODEL, allow_pickle=False) as file:
        for kind in ("surname", "middle", "given"):
            words = file[kind].tobytes().decode("utf-8").split("\n")
            counts = file[f"{kind}_counts"].astype(np.float64)
            shares[kind] = dict(zip(words, np.log(counts / counts.sum()).tolist(), strict=True))
    return shares
