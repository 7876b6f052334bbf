"""What the headings above a standard say of it: award, class of candidates, how the standards combine."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from appraise.guideline.award_words import NamedAward, award_named
from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.guideline.passages import Passage
from appraise.guideline.periods_of_merit import EarlierAwards, earlier_awards
from appraise.guideline.sections import Mode, announces_standards, mode_of
from appraise.guideline.standard_numbers import find_numbers
from appraise.reading.candidate_words import NamedCandidates, candidates_at, candidates_in
from appraise.rules import CandidateClass, Exclusion, Window

__all__ = ["OwnWords", "Scope", "may_replace", "opens_standard", "own_words", "scope_of"]

_LONGEST_LABEL = 220  # characters before the colon of "Doanh nhân, doanh nghiệp tiêu biểu:"
_COLLECTIVE = {
    "hamlet": 1,
    "commune": 2,
    "difficult_commune": 2,
    "district": 3,
    "front_union": 4,
    "department": 4,
    "enterprise": 4,
}
_HIGHEST = 4
_REFINES: dict[CandidateClass, frozenset[CandidateClass]] = {
    "difficult_commune": frozenset({"commune"}),
    "official": frozenset({"individual"}),
    "worker": frozenset({"individual"}),
    "entrepreneur": frozenset({"individual", "enterprise"}),
}
# "Xã hội", "Bản sao", "Cơ quan có thẩm quyền": words that begin like a candidate and are none
_COMPOUND = regex.compile(
    r"\s{1,4}(?:hoi|sao|than|chi\s{1,4}tiet|so\s{1,4}\d|co\s{1,4}tham\s{1,4}quyen|tham\s{1,4}quyen|noi|trinh)\b"
)
_LABEL_AHEAD = regex.compile(r"[^.;,\n]{0,60}:")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the headings above a standard say.

    Attributes:
        award: The award.
        candidates: Whose standards they are.
        mode: Whether one of the standards is enough.
        standards: Some heading announced standards.
        movement: The period of the movement itself, which "trong giai đoạn" without years means.
        window: The period that a heading sets for the standards below it.
        exclusions: Likewise.
        shared: Tests that a heading sets for all standards below it.
    """

    award: NamedAward | None = None
    candidates: NamedCandidates | None = None
    mode: Mode = "unsaid"
    standards: bool = False
    movement: Window | None = None
    window: Window | None = None
    exclusions: tuple[Exclusion, ...] = ()
    shared: tuple[Passage, ...] = ()

    @property
    def is_about_somebody(self) -> bool:
        """True where a class of candidates is known, not only "tập thể"."""
        return self.candidates is not None and self.candidates.is_specific


@dataclass(frozen=True, slots=True)
class OwnWords:
    """An item's own words: ``label`` ("Đối với các xã:") and ``body``, the standard; exclusions blanked in both.

    ``heads``: items stand below it.
    """

    label: Passage
    body: Passage
    earlier: tuple[EarlierAwards, ...]
    heads: bool

    @property
    def whole(self) -> Passage:
        """Label and body."""
        return Passage(self.label.text + self.body.text, self.label.start)

    @property
    def heading(self) -> str:
        """What tells which section this is: the label, or the words up to the first stop."""
        return self.label.line or regex.split(r"[.;:](?:\s|$)", self.body.line, maxsplit=1)[0]


def own_words(guideline: GuidelineText, item: GuidelineItem) -> OwnWords:
    """An item's words without its mark and its children."""
    passage = Passage(guideline.text[item.body : item.own_end], item.body)
    cells = [(start, end) for start, end in guideline.cell_spans if item.body <= start and end <= item.own_end]
    passage = passage.without((start - item.body, end - item.body) for start, end in cells)
    earlier = tuple(earlier_awards(passage))
    plain = passage.without((clause.start, clause.end) for clause in earlier)
    cut = _label_end(plain, min(item.title_end, item.own_end) - item.body, heads=bool(item.children))
    return OwnWords(plain.part(0, cut), plain.part(cut, len(plain.text)), earlier, bool(item.children))


def _label_end(passage: Passage, title: int, *, heads: bool) -> int:
    """Where a label ends: at a colon behind an award or a candidate, or with a title above a standard; 0 for none."""
    colon = passage.text.find(":", 0, _LONGEST_LABEL)
    if colon >= 0 and (heads or _names_somebody(passage.text[:colon])):
        return colon + 1
    first, rest = passage.text[:title], passage.text[title:]
    is_title = bool(rest.strip()) and len(first) < _LONGEST_LABEL and not first.rstrip().endswith((".", ";"))
    if is_title and (heads or _names_somebody(first)):
        return title
    return len(passage.text) if heads else 0


def _names_somebody(label: str) -> bool:
    return award_named(label) is not None or candidates_in(label) is not None


def scope_of(words: OwnWords, above: Scope) -> Scope:
    """``above`` with what an item's own words say."""
    named = award_named(words.label.text)
    said = mode_of(words.whole.text if words.heads else words.label.text)
    return replace(
        above,
        award=named or above.award,
        candidates=_candidates_of(words, above),
        mode=said if said != "unsaid" else above.mode,
        standards=above.standards
        or announces_standards(words.whole.text if words.heads else words.label.text)
        or named is not None,
    )


def _candidates_of(words: OwnWords, above: Scope) -> NamedCandidates | None:
    labelled = candidates_in(words.label.text) if words.label else None
    if labelled is not None and (labelled.is_specific or above.candidates is None):
        return labelled
    opening = candidates_at(words.body.text) if words.body else None
    if opening is not None and stands_as_subject(words.body, opening) and may_replace(opening, above.candidates):
        return opening
    return above.candidates


def stands_as_subject(body: Passage, opening: NamedCandidates) -> bool:
    """True where a name that opens a standard is its subject, no part of a longer word."""
    return _COMPOUND.match(body.folded, opening.end) is None


def opens_standard(clause: Passage, opening: NamedCandidates) -> bool:
    """True where a clause within a standard turns to other candidates: a capital, a colon, or "riêng" says so."""
    first = clause.text[opening.start : opening.start + 1]
    announced = first.isupper() or opening.rieng or _LABEL_AHEAD.match(clause.text, opening.end) is not None
    announced = announced or any(not number.bare for number in find_numbers(clause))
    return announced and stands_as_subject(clause, opening)


def may_replace(opening: NamedCandidates, above: NamedCandidates | None, *, beside: bool = False) -> bool:
    """Whether a standard's own subject is its candidate, or only something that the candidate above is asked for.

    Below "Đối với các xã", "Xã đặc biệt khó khăn có ..." names a candidate, "Cán bộ xã không ..." does not.

    Args:
        opening: What the standard opens with.
        above: The candidate so far.
        beside: Both stand in one paragraph: one of another level is a candidate of its own less easily.
    """
    if not opening.is_specific:
        return False
    if above is None or not above.is_specific:
        return not beside
    own, others = opening.classes[0], above.classes
    if len(others) > len(opening.classes) and own in others:
        return True
    if own in others or (not beside and any(own in _REFINES.get(other, frozenset()) for other in others)):
        return False
    if any(other in _REFINES.get(own, frozenset()) for other in others):
        return True
    levels = [_COLLECTIVE.get(other, 0) for other in others]
    if (own in _COLLECTIVE) != any(levels):
        return False
    return own not in _COLLECTIVE or _COLLECTIVE[own] >= max(levels) or max(levels) == _HIGHEST
