"""A figure against the threshold of a rule.

What may lie on either side is for a person: "khoảng 400 triệu" against 400, an amount within 2 % of it (how land was
priced decides then), one weakly read. "Gần 400 triệu" is below 400 and does not meet it.
"""

from __future__ import annotations

from typing import Any

from appraise.appraisal import State
from appraise.checks.verdict import Interval, Verdict, plain
from appraise.rules import Relation, Test

__all__ = ["compared", "required_words"]

_NEAR = 0.02  # of the threshold
_NEAR_EQUIVALENT = 0.05  # "tương đương" leaves more room: how far it may be rounded is nowhere said
_MONEY = "đồng"
_WORDS: dict[Relation, str] = {
    "ge": "từ {} trở lên",
    "about_ge": "tương đương {} trở lên",
    "gt": "trên {}",
    "le": "không quá {}",
    "lt": "dưới {}",
    "eq": "{}",
}


def required_words(test: Test) -> str:
    """What a test asks for, as people say it: "từ 400 triệu đồng trở lên"."""
    return _WORDS.get(test.relation, "{}").format(plain(test.value, test.unit)) if test.value is not None else test.text


def compared(test: Test, figure: Interval, *, weak: bool, told: str) -> Verdict:
    """The state of a test with a threshold.

    Args:
        test: One whose relation compares (ge, gt, le, lt, eq, about_ge).
        figure: What the papers say.
        weak: Whether any number that went into ``figure`` was weakly read.
        told: The figure in words, for the reason.
    """
    threshold = float(test.value or 0)
    required = required_words(test)
    figures: dict[str, Any] = {"low": figure.low, "high": None if figure.high == float("inf") else figure.high}
    figures |= {"required": test.value, "relation": test.relation, "unit": test.unit}
    state = _state(test.relation, figure, threshold)
    match state:
        case "person":
            reason = f"{told}; quy định {required}: chưa đủ để so sánh"
        case "met":
            reason = f"{told}; quy định {required}"
        case _:
            reason = f"{told}; quy định {required}: chưa đạt mức"
    if state != "person" and weak:
        state, reason = "person", f"{told}; quy định {required}: số liệu đọc chưa chắc, cần xem bản gốc"
    elif state != "person" and test.unit == _MONEY and _is_near(test.relation, figure, threshold):
        state, reason = "person", f"{told}; quy định {required}: sát mức quy định, cần xem bản gốc"
    return Verdict(state, reason, figures)


def _state(relation: Relation, figure: Interval, threshold: float) -> State:
    """``met`` where all that the figure may mean meets it, ``not_met`` where nothing does."""
    low, high = figure.low, figure.high
    under = high < threshold or (figure.below and high <= threshold)
    match relation:
        case "ge" | "about_ge":
            return "met" if low >= threshold else "not_met" if under else "person"
        case "gt":
            return "met" if low > threshold else "not_met" if high <= threshold else "person"
        case "le":
            return "met" if high <= threshold else "not_met" if low > threshold else "person"
        case "lt":
            return "met" if under else "not_met" if low >= threshold else "person"
        case "eq":
            equal = figure.exact and low == threshold
            return "met" if equal else "not_met" if under or low > threshold else "person"
    return "person"


def _is_near(relation: Relation, figure: Interval, threshold: float) -> bool:
    if figure.below:
        return False  # "gần", "dưới": the paper itself says on which side
    margin = threshold * (_NEAR_EQUIVALENT if relation == "about_ge" else _NEAR)
    return figure.low - margin <= threshold <= figure.high + margin
