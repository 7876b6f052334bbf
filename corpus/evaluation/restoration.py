"""Restored text against its truth: CER and WER before and after, what was broken, what survived, and the speed."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import regex
from rapidfuzz.distance import Levenshtein
from rich.table import Table

from extract.codes import codes_in
from extract.dates import find_dates
from extract.money import find_money
from extract.patterns import Source, Taken
from extract.periods import find_periods
from normalize.canonical import canonical
from normalize.folding import fold_aligned
from normalize.restoration import Restoration, restore

__all__ = ["RestorationScores", "Survival", "evaluate_restoration"]

_D_BAR = str.maketrans({"đ": "d", "Đ": "D"})
Restorer = Callable[[str], Restoration]

# Words that carry figures: dates, amounts, codes. Punctuation round them is not theirs.
_FIGURES = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}/.,&-]*\p{N}[\p{L}\p{N}/.,&-]*(?<![.,-])|\p{N}+")


@dataclass(frozen=True, slots=True)
class Survival:
    """How many values of one kind stand in a text exactly as in the truth.

    Attributes:
        truth: In the truth.
        before: Of them, in the broken text.
        after: Of them, in the restored text.
    """

    truth: int
    before: int
    after: int

    @classmethod
    def of(cls, printed: Counter[str], before: str, after: str) -> Survival:
        """Survival of the values ``printed`` in the truth."""
        found = [sum(_standing(value, n, text) for value, n in printed.items()) for text in (before, after)]
        return cls(printed.total(), *found)


def _standing(printed: str, count: int, text: str) -> int:
    """How often ``printed`` stands in ``text`` by itself, at most ``count`` times."""
    return min(count, len(regex.findall(rf"(?<!\w){regex.escape(printed)}(?!\w)", text)))


@dataclass(frozen=True, slots=True)
class RestorationScores:
    """Error rates are shares (0.01 is one per cent) of the truth's letters or words.

    Attributes:
        words: Words of the truth, white-space tokens.
        cer_before: Character error rate of the broken text; white space counts as one space.
        cer: The same after restoration.
        wer_before: Word error rate of the broken text.
        wer: The same after restoration.
        wer_without_marks: After restoration, marks and case put aside on both sides.
        wer_from_stripped: The truth without its marks, restored: word error rate of that.
        right_words_broken: Share of the words that were right before and are wrong after.
        codes: Numbers and symbols of documents: 31/QĐ-UBND.
        dates: Dates as printed, with their words.
        periods: Year ranges, quarters, terms.
        amounts: Amounts of money.
        figures: All words that carry digits.
        words_per_second: Broken words restored a second of one core, the models being loaded.
    """

    words: int
    cer_before: float
    cer: float
    wer_before: float
    wer: float
    wer_without_marks: float
    wer_from_stripped: float
    right_words_broken: float
    codes: Survival
    dates: Survival
    periods: Survival
    amounts: Survival
    figures: Survival
    words_per_second: float

    def table(self) -> Table:
        """The figures, before and after."""
        table = Table(title="Restoration against truth")
        for name in ("", "before", "after"):
            table.add_column(name, justify="right" if name else "left")
        table.add_row("CER", f"{self.cer_before:.2%}", f"{self.cer:.2%}")
        table.add_row("WER", f"{self.wer_before:.2%}", f"{self.wer:.2%}")
        table.add_row("WER without marks", "", f"{self.wer_without_marks:.2%}")
        table.add_row("right words broken", "", f"{self.right_words_broken:.3%}")
        table.add_row("WER of the truth without its marks", "", f"{self.wer_from_stripped:.2%}")
        for name in ("codes", "dates", "periods", "amounts", "figures"):
            exact: Survival = getattr(self, name)
            table.add_row(f"{name} exact", f"{exact.before}/{exact.truth}", f"{exact.after}/{exact.truth}")
        table.caption = f"{self.words} words, {self.words_per_second:.0f} words a second"
        return table

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


def evaluate_restoration(broken: str, truth: str, *, restorer: Restorer = restore) -> RestorationScores:
    """Restore ``broken`` and hold it against ``truth``.

    Args:
        broken: The damaged text.
        truth: What it should be, the same passage.
        restorer: What is measured.
    """
    from_stripped = canonical(restorer(_stripped(truth)).text).split()
    started = time.process_time()  # the models are loaded by now
    restored = restorer(broken).text
    seconds = time.process_time() - started
    before, after, right = (canonical(text).split() for text in (broken, restored, truth))
    found = _values(canonical(truth))
    survivals = {kind: Survival.of(printed, " ".join(before), " ".join(after)) for kind, printed in found.items()}
    return RestorationScores(
        words=len(right),
        cer_before=_error_rate(" ".join(before), " ".join(right)),
        cer=_error_rate(" ".join(after), " ".join(right)),
        wer_before=_error_rate(before, right),
        wer=_error_rate(after, right),
        wer_without_marks=_error_rate([fold_aligned(w) for w in after], [fold_aligned(w) for w in right]),
        wer_from_stripped=_error_rate(from_stripped, right),
        right_words_broken=_broken(before, after, right),
        **survivals,
        words_per_second=len(before) / max(seconds, 1e-9),
    )


def _stripped(text: str) -> str:
    """The text without the marks of its letters, case kept."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_D_BAR)


def _values(text: str) -> dict[str, Counter[str]]:
    """Values of a text as printed, white space as one space, by kind."""
    source, taken = Source(text, fold_aligned(text)), Taken()
    spans: dict[str, list[tuple[int, int]]] = {"codes": [(code.start, code.end) for code in codes_in(text)]}
    for span in spans["codes"]:
        taken.add(*span)
    for kind, find in (("periods", find_periods), ("amounts", find_money), ("dates", find_dates)):
        spans[kind] = [(item.start, item.end) for item in find(source) if not taken.overlaps(item.start, item.end)]
        for span in spans[kind]:
            taken.add(*span)
    spans["figures"] = [match.span() for match in _FIGURES.finditer(text)]
    return {kind: Counter(" ".join(text[slice(*span)].split()) for span in of_kind) for kind, of_kind in spans.items()}


def _error_rate(output: Sequence[str], truth: Sequence[str]) -> float:
    return Levenshtein.distance(truth, output) / len(truth) if truth else float(bool(output))


def _broken(before: Sequence[str], after: Sequence[str], truth: Sequence[str]) -> float:
    right_before, right_after = _right(before, truth), _right(after, truth)
    return len(right_before - right_after) / len(right_before) if right_before else 0.0


def _right(output: Sequence[str], truth: Sequence[str]) -> set[int]:
    """Places of the truth's words that ``output`` has right, in an alignment of fewest edits."""
    return {
        place
        for block in Levenshtein.opcodes(truth, output)
        if block.tag == "equal"
        for place in range(block.src_start, block.src_end)
    }
