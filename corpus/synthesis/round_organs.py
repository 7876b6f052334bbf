"""Organs of the sample round from short names: "huyện Bắc Sương", "xã Nghĩa Phụ < huyện Bắc Sương", "Sở ..."."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus.synthesis.documents import Seal
from corpus.synthesis.issuers import Issuer, commune_committee, department, district_committee, provincial_committee
from corpus.synthesis.province import Place, departments, province_name

__all__ = ["organ_of"]

_HEADS = (("Ban", "TRƯỞNG BAN"), ("Công ty", "GIÁM ĐỐC"), ("Hợp tác xã", "GIÁM ĐỐC"))


def organ_of(name: str) -> Issuer:
    """The organ that ``name`` means; after ``<`` stands the unit above it, after ``@`` the place where it signs.

    A level in small letters ("tỉnh", "huyện", "xã") means the committee of that unit.
    """
    name, _, place = (part.strip() for part in name.partition("@"))
    name, _, above = (part.strip() for part in name.partition("<"))
    # Which of two equivalent spellings an organ's head has is drawn by its name: one organ, one habit.
    rng = np.random.default_rng(list(name.encode()))
    level, _, rest = name.partition(" ")
    if name == "tỉnh":
        return provincial_committee()
    if level == "huyện":
        return district_committee(rng, Place(level, rest, province_name(), hardship=False))
    if level == "xã":
        issuer = commune_committee(rng, Place(level, rest, above, hardship=False))
        parent = f"UBND {above}"
        return replace(issuer, parents=(parent.upper(),), parent=parent)
    for unit in departments():
        if unit.name == name:
            return department(rng, unit)
    return _other(name, above, place)


def _other(name: str, above: str, place: str) -> Issuer:
    """A union, a company, a hamlet's front committee: its name as it stands, a seal with it in the middle."""
    words = name.upper().split()
    half = -(-len(words) // 2)
    letters = "".join(word[0] for word in words if word[0].isalpha())
    return Issuer(
        name,
        (name.upper(),),
        letters,
        place or province_name(),
        Seal(above.upper() or f"TỈNH {province_name().upper()}", "", (" ".join(words[:half]), " ".join(words[half:]))),
        "TRƯỞNG BAN"
        if name.startswith("Ban")
        else "GIÁM ĐỐC"
        if name.startswith(("Công ty", "Hợp tác"))
        else "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        parents=(above.upper(),) if above else (),
        parent=above or None,
        office="VP",
    )
