r"""From a guideline to its criteria: award, class of candidates, tests, window and exclusions of every standard.

The outline carries the way: a heading names the award, one below it the class of candidates, a dash or a letter the
standard itself. What a heading says holds for all below it until they say otherwise.

>>> from pathlib import Path
>>> from appraise.dossier import ReadFile
>>> from appraise.guideline.guideline_text import guideline_text
>>> from extract.read_record import extract_text
>>> raw = "I. ĐỐI TƯỢNG\n\nII. TIÊU CHUẨN TẶNG BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH\n\na) Xã: tăng từ 11 tiêu chí trở lên\n"
>>> guideline = guideline_text(ReadFile("x.txt", Path("x.txt"), raw, extract_text(raw, "x.txt")))
>>> [(c.id, c.candidate, c.tests[0].measure, c.tests[0].value) for c in find_criteria(guideline)]
[('BKT-II.a', 'commune', 'new_criteria', 11)]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from appraise.guideline.award_words import NamedAward, award_code, award_named
from appraise.guideline.criteria_tables import standards_of_tables
from appraise.guideline.general_principles import with_general_principles
from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.guideline.passages import Passage
from appraise.guideline.periods_of_merit import Reach, earlier_awards, exclusions_of, movement_period, window_of
from appraise.guideline.sections import is_elsewhere, is_left_to_units
from appraise.guideline.standard_scope import OwnWords, Scope, may_replace, opens_standard, own_words, scope_of
from appraise.guideline.standards import Standard, criteria_of
from appraise.reading.candidate_words import NamedCandidates, candidates_at
from appraise.rules import Criterion, Exclusion

__all__ = ["find_criteria"]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a standard that is about one class of candidates; ``variant``: "riêng xã ... đạt thêm từ 08"."""

    candidates: NamedCandidates
    passage: Passage
    variant: bool = False


def find_criteria(guideline: GuidelineText) -> list[Criterion]:
    """All criteria that the guideline sets, in its order, with what its general principles add to them."""
    subject = _subject(guideline)
    scope = Scope(award=award_named(subject), movement=movement_period(subject))
    criteria = [found for item in guideline.items for found in _below(guideline, item, scope)]
    for standard in standards_of_tables(guideline, scope):
        criteria += criteria_of(guideline, standard)
    return _with_unique_ids(with_general_principles(guideline, criteria))


def _subject(guideline: GuidelineText) -> str:
    """The subject, or the words above the first item where there is none."""
    subject = guideline.document.subject
    if subject is not None:
        return str(subject.value)
    first = guideline.items[0].start if guideline.items else len(guideline.text)
    return guideline.words(0, first).partition("Căn cứ")[0]


def _below(guideline: GuidelineText, item: GuidelineItem, scope: Scope) -> Iterator[Criterion]:
    """The criteria of an item and of all below it."""
    words = own_words(guideline, item)
    if is_elsewhere(words.heading) and not scope.standards:
        return
    own = scope_of(words, scope)
    if not item.children:
        yield from _of_leaf(guideline, item, words, own)
    elif _stands_whole(guideline, item, own):
        yield from _of_whole(guideline, item, words, own)
    else:
        below = _handed_down(item, words, own)
        for child in item.children:
            yield from _below(guideline, child, below)


def _stands_whole(guideline: GuidelineText, item: GuidelineItem, scope: Scope) -> bool:
    """True for an item whose children are tests of one standard rather than standards of their own."""
    if scope.award is None or scope.candidates is None or scope.mode == "any":
        return False
    if any(_names_own(guideline, child, scope) for child in item.children):
        return False
    openings = [candidates_at(guideline.text[child.body : child.own_end]) for child in item.children]
    repeated = [name for name in openings if name is not None and name.is_specific]
    return scope.mode == "all" or len(repeated) < 2


def _names_own(guideline: GuidelineText, item: GuidelineItem, scope: Scope) -> bool:
    """True where an item or one below it names an award or candidates of its own."""
    own = scope_of(own_words(guideline, item), scope)
    if own.candidates is not scope.candidates or own.award is not scope.award:
        return True
    return any(_names_own(guideline, child, scope) for child in item.children)


def _handed_down(item: GuidelineItem, words: OwnWords, own: Scope) -> Scope:
    """What an item's own words hand down to the standards below it."""
    exclusions = exclusions_of(words.earlier, "letter" if item.level == "point" else "item")
    names_standard = own.standards and own.award is not None
    window = window_of(words.whole, None, inherited=True) if names_standard else None
    shared = (words.body,) if words.body and own.is_about_somebody else ()
    return replace(
        own, window=window or own.window, exclusions=(*own.exclusions, *exclusions), shared=(*own.shared, *shared)
    )


def _of_leaf(guideline: GuidelineText, item: GuidelineItem, words: OwnWords, scope: Scope) -> Iterator[Criterion]:
    if scope.award is None or not scope.standards:
        return
    if is_left_to_units(words.body.line):
        yield _left_to_units(guideline, item, scope.award)
        return
    if scope.candidates is None:
        return
    base: Criterion | None = None
    for at, stretch in enumerate(_stretches(words.body, scope.candidates)):
        standard = _standard(guideline, item, scope, stretch, scope.award)
        for found in criteria_of(guideline, standard):
            criterion = _as_variant(found, base) if stretch.variant and base is not None else found
            base = base if stretch.variant else criterion
            yield criterion.model_copy(update={"id": f"{found.id}-{at + 1}"}) if at else criterion


def _standard(
    guideline: GuidelineText, item: GuidelineItem, scope: Scope, stretch: _Stretch, award: NamedAward
) -> Standard:
    passage = stretch.passage
    quoted = (passage.start, passage.end)
    return Standard(
        award=award,
        candidates=stretch.candidates,
        item=item,
        path=_path(item),
        words=(_without_label(passage, stretch.candidates),),
        quoted=quoted,
        shared=scope.shared,
        movement=scope.movement,
        window=scope.window,
        exclusions=(*scope.exclusions, *_exclusions(guideline, item, quoted)),
    )


def _stretches(body: Passage, candidates: NamedCandidates) -> Iterator[_Stretch]:
    """Cut a standard where a clause turns to other candidates: "...; Gia đình sản xuất giỏi, có thu nhập ..."."""
    start, variant = 0, False
    for clause in list(body.clauses())[1:]:
        opening = candidates_at(clause.text)
        if opening is None or opening.classes == candidates.classes or not opens_standard(clause, opening):
            continue
        if not (opening.rieng or may_replace(opening, candidates, beside=True)):
            continue
        at = clause.start - body.start
        yield _Stretch(candidates, body.part(start, at), variant)
        start, candidates, variant = at, opening, opening.rieng
    yield _Stretch(candidates, body.part(start, len(body.text)), variant)


def _without_label(passage: Passage, candidates: NamedCandidates) -> Passage:
    """A stretch without "Gia đình sản xuất giỏi:" at its head."""
    opening = candidates_at(passage.text)
    if opening is None or opening.classes != candidates.classes:
        return passage
    return passage.without([(0, opening.end)])


def _as_variant(found: Criterion, base: Criterion) -> Criterion:
    """A standard that only changes a number of the one before it: the other tests hold too."""
    measures = {test.measure for test in found.tests}
    kept = [test for test in base.tests if test.measure not in measures and test.measure != "merit"]
    return found.model_copy(update={"tests": [*found.tests, *kept], "window": found.window or base.window})


def _of_whole(guideline: GuidelineText, item: GuidelineItem, words: OwnWords, scope: Scope) -> Iterator[Criterion]:
    """One criterion from an item and all below it."""
    if scope.award is None or scope.candidates is None or not scope.standards:
        return
    below = list(_all_below(item))
    exclusions = [found for one in (item, *below) for found in _exclusions(guideline, one, (one.body, one.own_end))]
    standard = Standard(
        award=scope.award,
        candidates=scope.candidates,
        item=item,
        path=_path(item),
        words=(words.body, *(own_words(guideline, child).whole for child in below)),
        quoted=(item.body, item.end),
        shared=scope.shared,
        movement=scope.movement,
        window=window_of(words.label, scope.movement) or scope.window,
        exclusions=(*scope.exclusions, *exclusions),
        combined=scope.mode,
    )
    yield from criteria_of(guideline, standard)


def _all_below(item: GuidelineItem) -> Iterator[GuidelineItem]:
    for child in item.children:
        yield child
        yield from _all_below(child)


def _exclusions(guideline: GuidelineText, item: GuidelineItem, span: tuple[int, int]) -> list[Exclusion]:
    """The exclusions printed in a stretch of an item, with their reach."""
    clauses = earlier_awards(Passage(guideline.text[slice(*span)], span[0]))
    return exclusions_of(clauses, _reach(guideline, item)) if clauses else []


def _reach(guideline: GuidelineText, item: GuidelineItem) -> Reach:
    """Where an exclusion in an item's words reaches; open where only the last of several dashes has one."""
    if not item.is_dash:
        return "letter" if item.level == "point" else "item"
    above = guideline.above(item)
    dashes = [child for child in (above[0].children if above else (item,)) if child.is_dash]
    if len(dashes) == 1:
        return "letter" if above and above[0].level == "point" else "dash"
    others = [dash for dash in dashes[:-1] if earlier_awards(Passage(guideline.text[dash.body : dash.own_end]))]
    return "unsaid" if item.start == dashes[-1].start and not others else "dash"


def _left_to_units(guideline: GuidelineText, item: GuidelineItem, award: NamedAward) -> Criterion:
    place = guideline.place(item)
    return Criterion(
        id=f"{award_code(award.award)}-{_path(item)}",
        award=award.award,
        award_text=award.text,
        candidate="any",
        left_to_units=True,
        place=place,
        quote=place.quote,
    )


def _path(item: GuidelineItem) -> str:
    """An item's path as ids have it: "III.3.2.1.d.2" for the second dash."""
    return item.path.replace(".-", ".")


def _with_unique_ids(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Ids made unique: one item that names two classes, or a number printed twice."""
    seen: Counter[str] = Counter()
    unique = []
    for criterion in criteria:
        seen[criterion.id] += 1
        number = seen[criterion.id]
        unique.append(criterion if number == 1 else criterion.model_copy(update={"id": f"{criterion.id}#{number}"}))
    return unique
