"""Organs that issue documents: how their head, number, signature block and seal look."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.random import Generator

from corpus.synthesis.documents import Seal, Signing
from corpus.synthesis.figures import pick
from corpus.synthesis.province import Department, Place, draw_person, province_name
from ocr.tree import Ink

__all__ = ["Issuer", "commune_committee", "department", "district_committee", "provincial_committee", "signed_by"]


@dataclass(frozen=True, slots=True)
class Issuer:
    """An organ as its papers name it.

    Attributes:
        name: In running text and as field value, "Ủy ban nhân dân xã Nà Lĩnh".
        organs: Its lines in the head, in capitals.
        symbol: Letters in its numbers, "UBND".
        place: Where it signs.
        seal: Its round seal.
        head: Title of its head, in capitals.
        deputy: Title of a deputy, in capitals.
        collective: "ỦY BAN NHÂN DÂN" where the head signs on behalf of a committee.
        parents: Lines of the organ above it in the head.
        parent: That organ's name, or None.
        office: Unit that drafts, in "Lưu: VT, ...".
    """

    name: str
    organs: tuple[str, ...]
    symbol: str
    place: str
    seal: Seal
    head: str
    deputy: str
    collective: str = ""
    parents: tuple[str, ...] = ()
    parent: str | None = None
    office: str = ""


def provincial_committee() -> Issuer:
    """UBND of the province."""
    province = province_name()
    return Issuer(
        f"Ủy ban nhân dân tỉnh {province}",
        ("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}"),
        "UBND",
        province,
        Seal("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}"),
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "ỦY BAN NHÂN DÂN",
        office="KGVX",
    )


def department(rng: Generator, unit: Department) -> Issuer:
    """A department (sở) of the province, under UBND of the province."""
    province = province_name()
    short = rng.random() < 0.6
    parents = (f"UBND TỈNH {province.upper()}",) if short else ("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}")
    words = unit.name.upper().split()
    middle = (words[0], " ".join(words[1:])) if len(words) < 4 else tuple(_in_three(words))
    return Issuer(
        unit.name,
        (unit.name.upper(),),
        unit.symbol,
        province,
        Seal(f"UBND TỈNH {province.upper()}", "", middle),
        unit.head,
        "PHÓ " + unit.head,
        parents=parents,
        parent=f"{'UBND' if short else 'Ủy ban nhân dân'} tỉnh {province}",
        office=unit.office,
    )


def _in_three(words: list[str]) -> list[str]:
    third = -(-(len(words) - 1) // 2)
    return [words[0], " ".join(words[1 : 1 + third]), " ".join(words[1 + third :])]


def district_committee(rng: Generator, district: Place) -> Issuer:
    """UBND of a district."""
    seal = Seal(f"UBND {district.full.upper()}", f"TỈNH {province_name().upper()}")
    return _local_committee(rng, district, seal, office="NV")


def commune_committee(rng: Generator, commune: Place) -> Issuer:
    """UBND of a commune."""
    return _local_committee(rng, commune, Seal(f"UBND {commune.full.upper()}", commune.within.upper()), office="")


def _local_committee(rng: Generator, unit: Place, seal: Seal, *, office: str) -> Issuer:
    short = rng.random() < 0.2
    return Issuer(
        f"{'UBND' if short else 'Ủy ban nhân dân'} {unit.full}",
        (f"UBND {unit.full.upper()}",) if short else ("ỦY BAN NHÂN DÂN", unit.full.upper()),
        "UBND",
        unit.name,
        seal,
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "ỦY BAN NHÂN DÂN",
        office=office,
    )


def signed_by(rng: Generator, issuer: Issuer, *, name: str = "", deputy: bool | None = None) -> Signing:
    """A signature block: by the head or a deputy (KT.), on behalf of the committee (TM.) where there is one."""
    lines = [f"TM. {issuer.collective}"] if issuer.collective and rng.random() < 0.8 else []
    if deputy if deputy is not None else rng.random() < 0.4:
        lines += [f"KT. {issuer.head}", issuer.deputy]
    else:
        lines.append(issuer.head)
    return Signing(
        tuple(lines),
        name or draw_person(rng),
        ink=pick(rng, Ink.BLUE, Ink.BLUE, Ink.BLACK),
        seal=issuer.seal,
        name_stamped=bool(rng.random() < 0.3),
    )
