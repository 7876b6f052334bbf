"""Family names (họ) of people in Vietnam, for judging whether what was read can be a person's name."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from normalize.folding import fold_aligned

__all__ = ["MIDDLE_NAMES", "family_names", "family_names_by_letters"]

MIDDLE_NAMES: Final = frozenset(
    (
        *("Thị", "Văn", "Đình", "Quang", "Hữu", "Đức", "Xuân", "Minh", "Ngọc", "Thanh"),
        *("Thu", "Công", "Quốc", "Hồng", "Kim", "Bá", "Duy"),
    )
)
"""Family names too, or near to one, but far more often the middle of a name whose beginning is lost."""


@cache
def family_names() -> tuple[str, ...]:
    """All of the list, the most usual first, each once."""
    text = resources.files("normalize").joinpath("family_names.txt").read_text(encoding="utf-8")
    return tuple(dict.fromkeys(name for line in text.splitlines() if line[:1] != "#" for name in line.split()))


@cache
def family_names_by_letters() -> dict[str, tuple[str, ...]]:
    """Family names by their letters without marks and capitals, the most usual first."""
    names: dict[str, tuple[str, ...]] = {}
    for name in family_names():
        key = fold_aligned(name)
        names[key] = (*names.get(key, ()), name)
    return names
