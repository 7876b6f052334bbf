"""Dates, money and counts as officials write them, each form drawn at random where several are in use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from numpy.random import Generator

from corpus.synthesis.documents import Amount

__all__ = ["any_date", "count_of", "draw_date", "grouped", "long_date", "money", "percentage", "pick", "short_date"]

T = TypeVar("T")


def pick(rng: Generator, *choices: T) -> T:
    """One of ``choices``."""
    return choices[int(rng.integers(len(choices)))]


def draw_date(rng: Generator, first: date, last: date) -> date:
    """A working day from ``first`` to ``last``."""
    day = first + timedelta(days=int(rng.integers((last - first).days + 1)))
    return day - timedelta(days=max(0, day.weekday() - 4))


def long_date(day: date, *, hand: bool = False) -> str:
    """Like "05 tháng 01 năm 2020": days below 10, months 1 and 2 take a zero; ``hand`` marks the day as handwritten."""
    figure = f"[{day.day:02d}]" if hand else f"{day.day:02d}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{figure} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """Like "05/3/2019", with zeros as in the long form."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def any_date(rng: Generator, day: date) -> str:
    """The long or the short form."""
    return long_date(day) if rng.random() < 0.35 else short_date(day)


def grouped(number: int) -> str:
    """Like "1.250.000": dots part thousands."""
    return f"{number:,}".replace(",", ".")


def count_of(number: int) -> str:
    """Like "08": counts below 10 take a zero in official style."""
    return f"{number:02d}"


def percentage(rng: Generator, low: float, high: float) -> str:
    """A percentage with a decimal comma, such as "88,9%"."""
    return f"{rng.uniform(low, high):.1f}".replace(".", ",") + "%"


def _in_words(vnd: int) -> str | None:
    """Like "1,25 tỷ đồng" or "400 triệu đồng" where that says the number exactly."""
    if vnd >= 1_000_000_000 and vnd % 10_000_000 == 0:
        return f"{vnd / 1_000_000_000:g}".replace(".", ",") + " tỷ đồng"
    if vnd < 1_000_000_000 and vnd % 1_000_000 == 0:
        return f"{vnd // 1_000_000} triệu đồng"
    return None


def money(rng: Generator, vnd: int, *, relation: str = "") -> tuple[str, Amount]:
    """An amount as it stands in a sentence, and what it says.

    Args:
        rng: Draws the form.
        vnd: The amount in đồng.
        relation: "eq", "ge", "gt", "almost" or "about"; empty draws one, mostly "eq".
    """
    figures = _in_words(vnd) if rng.random() < 0.6 else None
    figures = figures or f"{grouped(vnd)} đồng"
    relation = relation or str(rng.choice(["eq", "eq", "eq", "gt", "almost", "about"]))
    text = {
        "eq": figures,
        "ge": f"từ {figures} trở lên",
        "gt": f"{pick(rng, 'trên', 'hơn')} {figures}",
        "almost": f"gần {figures}",
        "about": f"{pick(rng, 'khoảng', 'ước')} {figures}",
    }[relation]
    return text, Amount(text, vnd, relation)
