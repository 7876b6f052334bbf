"""The story behind a dossier: who proposes whom, for what, decided when. All papers of one dossier share a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from numpy.random import Generator

from corpus.synthesis.documents import Basis
from corpus.synthesis.figures import draw_date, pick
from corpus.synthesis.province import Place, draw_person, places, province_name

__all__ = ["Candidate", "Case", "Thresholds", "draw_case"]

_MERITS = (
    "Hiến đất, góp công mở rộng đường liên thôn",
    "Tổ chức tốt phong trào làm đường giao thông nông thôn",
    "Vận động nhân dân chỉnh trang nhà cửa, trồng hoa ven đường",
    "Liên kết tiêu thụ nông sản, tạo việc làm thường xuyên",
    "Ủng hộ vật liệu kiên cố hóa kênh mương nội đồng",
    "Đi đầu xây dựng khu dân cư kiểu mẫu",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody proposed for an award. ``kind``: "tập thể", "cá nhân" or "hộ gia đình"; ``vnd`` what was given."""

    name: str
    kind: str
    address: str
    award: str
    merit: str
    vnd: int
    votes: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the guideline of the case asks for: new criteria of a commune, gifts in đồng, copies of papers."""

    new_criteria: int
    new_criteria_hard: int
    household_vnd: int
    person_vnd: int
    business_vnd: int
    report_copies: int


@dataclass(frozen=True, slots=True)
class Case:
    """One commune's dossier in the province's movement."""

    district: Place
    commune: Place
    villages: tuple[str, ...]
    first_year: int
    last_year: int
    guideline: Basis
    deadline: date
    thresholds: Thresholds
    meeting: date
    submitted: date
    criteria_before: int
    criteria_now: int
    present: int
    council: int
    candidates: tuple[Candidate, ...]
    chair: str
    clerk: str

    @property
    def movement(self) -> str:
        return f"“{province_name()} chung sức xây dựng nông thôn mới”"

    @property
    def period(self) -> str:
        return f"giai đoạn {self.first_year} - {self.last_year}"

    @property
    def gained(self) -> int:
        return self.criteria_now - self.criteria_before


def draw_case(rng: Generator) -> Case:
    """A case between 2015 and 2024 (districts were dissolved in 2025)."""
    year = int(rng.integers(2015, 2025))
    district = pick(rng, *places("huyện"))
    commune = pick(rng, *(place for place in places("xã") if place.within == district.name))
    villages = tuple(str(name) for name in rng.permutation([place.name for place in places("thôn")])[:5])
    issued = draw_date(rng, date(year, 3, 1), date(year, 5, 30))
    deadline = issued + timedelta(days=int(rng.integers(60, 90)))
    meeting = draw_date(rng, issued + timedelta(days=15), deadline - timedelta(days=20))
    submitted = meeting + timedelta(days=int(rng.integers(1, 9)))
    submitted -= timedelta(days=max(0, submitted.weekday() - 4))
    submitted = max(submitted, meeting)
    before = int(rng.integers(3, 11))
    council = int(rng.choice([9, 11, 13]))
    present = council - int(rng.integers(0, 3))
    number = int(rng.integers(40, 990))
    return Case(
        district,
        commune,
        villages,
        year - 9,
        year,
        Basis("Hướng dẫn", f"{number}/HD-SNV", issued.isoformat(), "Sở Nội vụ"),
        deadline,
        Thresholds(
            new_criteria=int(rng.integers(9, 13)),
            new_criteria_hard=int(rng.integers(6, 9)),
            household_vnd=int(rng.integers(4, 10)) * 50_000_000,
            person_vnd=int(rng.integers(3, 8)) * 50_000_000,
            business_vnd=int(rng.integers(8, 25)) * 100_000_000,
            report_copies=int(rng.integers(2, 5)),
        ),
        meeting,
        submitted,
        before,
        min(19, before + int(rng.integers(4, 12))),
        present,
        council,
        _draw_candidates(rng, commune, villages, present),
        draw_person(rng),
        draw_person(rng),
    )


def _draw_candidates(rng: Generator, commune: Place, villages: tuple[str, ...], present: int) -> tuple[Candidate, ...]:
    award = "Bằng khen của Chủ tịch UBND tỉnh"
    found = [Candidate(f"Nhân dân và cán bộ {commune.full}", "tập thể", commune.full, award, _MERITS[1], 0, present)]
    found += [
        Candidate(f"Thôn {village}", "tập thể", commune.full, award, pick(rng, *_MERITS[1:3]), 0, _votes(rng, present))
        for village in villages[: int(rng.integers(1, 3))]
    ]
    for _ in range(int(rng.integers(2, 5))):
        person = draw_person(rng, honorific=True)
        household = rng.random() < 0.5
        found.append(
            Candidate(
                f"Hộ gia đình {person[0].lower()}{person[1:]}" if household else person,
                "hộ gia đình" if household else "cá nhân",
                f"thôn {pick(rng, *villages)}",
                award if rng.random() < 0.6 else "Giấy khen của Chủ tịch UBND huyện",
                _MERITS[int(rng.choice([0, 3, 4, 5]))],
                int(rng.integers(12, 160)) * 5_000_000,
                _votes(rng, present),
            )
        )
    return tuple(found)


def _votes(rng: Generator, present: int) -> int:
    return present - int(rng.choice([0, 0, 0, 1, 2]))
