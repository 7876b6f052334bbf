"""Sentences that several genres share: legal bases, lists of candidates, closing lines."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from numpy.random import Generator

from corpus.synthesis.cases import Candidate, Case
from corpus.synthesis.documents import Align, Basis, Column, Count, Paragraph, Table
from corpus.synthesis.figures import any_date, count_of, grouped, pick
from corpus.synthesis.province import province_name

__all__ = [
    "EMULATION_DECREE",
    "EMULATION_LAW",
    "basis_text",
    "bullet",
    "candidate_counts",
    "candidate_table",
    "heading",
    "provincial_plan",
    "share",
    "subheading",
]

# National texts named in every paper of the genre; dates as published.
EMULATION_LAW = Basis("Luật", "Luật Thi đua, khen thưởng", "2003-11-26", None)
EMULATION_DECREE = Basis("Nghị định", "91/2017/NĐ-CP", "2017-07-31", "Chính phủ")

_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def basis_text(rng: Generator, basis: Basis, about: str = "", *, verb: str = "Căn cứ") -> str:
    """Like "Căn cứ Quyết định số 31/QĐ-UBND ngày 05/3/2019 của UBND tỉnh về việc ...", without the end mark."""
    named = basis.code if basis.code.startswith(basis.type) else f"{basis.type} số {basis.code}"
    day = f" ngày {any_date(rng, date.fromisoformat(basis.date))}" if basis.date else ""
    issuer = f" của {basis.issuer}" if basis.issuer else ""
    return f"{verb} {named}{day}{issuer}{' ' + about if about else ''}"


def provincial_plan(rng: Generator, year: int) -> Basis:
    """A plan of the provincial committee of that January, on which local papers rest."""
    day = date(year, 1, int(rng.integers(4, 29)))
    return Basis("Kế hoạch", f"{int(rng.integers(11, 99))}/KH-UBND", day.isoformat(), f"UBND tỉnh {province_name()}")


def heading(number: int, text: str) -> Paragraph:
    """Like "II. TEXT", bold."""
    return Paragraph(f"*{_ROMAN[number - 1]}. {text.upper()}*", keep_with_next=True)


def subheading(text: str) -> Paragraph:
    """Like "1. Text", bold."""
    return Paragraph(f"*{text}*", keep_with_next=True)


def bullet(text: str) -> Paragraph:
    """Like "- text"."""
    return Paragraph(f"- {text}")


def candidate_counts(candidates: tuple[Candidate, ...]) -> tuple[str, tuple[Count, ...]]:
    """Like "03 tập thể, 02 cá nhân và 01 hộ gia đình" and what it says."""
    kinds = [(kind, sum(c.kind == kind for c in candidates)) for kind in ("tập thể", "cá nhân", "hộ gia đình")]
    named = [(kind, number) for kind, number in kinds if number]
    parts = [f"{count_of(number)} {kind}" for kind, number in named]
    text = " và ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
    return text, tuple(Count(f"{kind} đề nghị khen thưởng", number) for kind, number in named)


def candidate_table(case: Case, rng: Generator, *, votes: bool = False) -> Table:
    """The list of candidates in sections, with what they gave or with their votes."""
    award = Column("Hình thức khen thưởng", 2.6)
    last = (
        (Column("Số phiếu", 1.2, Align.CENTRE), Column("Tỷ lệ", 1.2, Align.CENTRE))
        if votes
        else (Column("Tóm tắt thành tích", 3.2), Column("Trị giá đóng góp (đồng)", 1.9, Align.CENTRE))
    )
    name = Column(pick(rng, "Tên tập thể, cá nhân, hộ gia đình", "Tên đơn vị, cá nhân đề nghị"), 3.4)
    columns = (Column(pick(rng, "STT", "TT"), 0.8, Align.CENTRE), name, award, *last)
    rows: list[tuple[str, ...]] = []
    order = sorted(case.candidates, key=lambda c: ("tập thể", "cá nhân", "hộ gia đình").index(c.kind))
    for section, (kind, group) in enumerate(groupby(order, key=lambda c: c.kind)):
        rows.append((f"*{_ROMAN[section]}*", f"*{kind.capitalize()}*", *[""] * (len(columns) - 2)))
        for number, candidate in enumerate(group, start=1):
            where = "" if candidate.kind == "tập thể" else f", {candidate.address}"
            rows.append(
                (str(number), candidate.name + where, candidate.award, *_last_cells(case, candidate, votes=votes))
            )
    return Table(columns, tuple(rows))


def _last_cells(case: Case, candidate: Candidate, *, votes: bool) -> tuple[str, str]:
    if votes:
        return f"{candidate.votes}/{case.present}", share(candidate.votes, case.present)
    return candidate.merit, grouped(candidate.vnd) if candidate.vnd else "-"


def share(part: int, whole: int) -> str:
    """Like "88,9%", or "100%"."""
    return f"{100 * part / whole:.1f}".replace(".", ",").removesuffix(",0") + "%"
