"""Restored text against its truth: CER and WER before and after, what was broken, what survived, and the speed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import regex
from rapidfuzz.distance import Levenshtein
from rich.table import Table

from normalize.canonical import canonical
from normalize.folding import fold_aligned
from normalize.restoration import Restoration, restore

__all__ = ["RestorationScores", "evaluate_restoration"]

Restorer = Callable[[str], Restoration]

# Words that carry figures: dates, amounts, codes. Punctuation round them is not theirs.
_FIGURES = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}/.,&-]*\p{N}[\p{L}\p{N}/.,&-]*(?<![.,-])|\p{N}+")


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
        right_words_broken: Share of the words that were right before and are wrong after.
        figures: Codes, dates, amounts and numbers in the truth.
        figures_before: How many of them stand in the broken text exactly.
        figures_exact: How many of them stand in the restored text exactly.
        words_per_second: Broken words restored a second.
    """

    words: int
    cer_before: float
    cer: float
    wer_before: float
    wer: float
    wer_without_marks: float
    right_words_broken: float
    figures: int
    figures_before: int
    figures_exact: int
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
        exact = (f"{n}/{self.figures}" for n in (self.figures_before, self.figures_exact))
        table.add_row("figures and codes exact", *exact)
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
    started = time.perf_counter()
    restored = restorer(broken).text
    seconds = time.perf_counter() - started
    before, after, right = (canonical(text).split() for text in (broken, restored, truth))
    figures = _figures(right)
    return RestorationScores(
        words=len(right),
        cer_before=_error_rate(" ".join(before), " ".join(right)),
        cer=_error_rate(" ".join(after), " ".join(right)),
        wer_before=_error_rate(before, right),
        wer=_error_rate(after, right),
        wer_without_marks=_error_rate([fold_aligned(w) for w in after], [fold_aligned(w) for w in right]),
        right_words_broken=_broken(before, after, right),
        figures=figures.total(),
        figures_before=(figures & _figures(before)).total(),
        figures_exact=(figures & _figures(after)).total(),
        words_per_second=len(before) / max(seconds, 1e-9),
    )


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


def _figures(words: Sequence[str]) -> Counter[str]:
    return Counter(_FIGURES.findall(" ".join(words)))
