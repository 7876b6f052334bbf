"""Reading a guideline again over rules that people have worked on: what they confirmed or edited stays.

A rule whose text in the guideline is unchanged keeps all that stands in the file. Where the text has changed, the new
reading stands as proposed, and the confirmation that fell is listed. Nothing goes without a line in ``differences``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from appraise.rule_files.rules_in_words import criterion_in_words, deadline_in_words, papers_in_words
from appraise.rules import Criterion, Deadline, DossierSet, Place, Question, RuleBook

__all__ = ["merge_with_confirmed", "merge_with_filled"]

_Rule = TypeVar("_Rule", Criterion, DossierSet, Deadline, Question)

_OWN = {"status", "by", "on", "place", "id"}


def merge_with_confirmed(new: RuleBook, old: RuleBook) -> RuleBook:
    """``new`` with what people did to ``old``.

    Args:
        new: The guideline as it was read now.
        old: The file as it stands.
    """
    differences = list(new.differences)
    criteria = _merged(new.criteria, old.criteria, _criterion_key, criterion_in_words, differences)
    ids = {criterion.id for criterion in criteria}
    questions = _merged(new.questions, old.questions, _question_key, lambda question: question.text, differences)
    merged = new.model_copy(
        update={
            "criteria": criteria,
            "dossier_sets": _merged(new.dossier_sets, old.dossier_sets, _set_key, papers_in_words, differences),
            "deadlines": _merged(new.deadlines, old.deadlines, _deadline_key, deadline_in_words, differences),
            "questions": [q.model_copy(update={"criteria": [i for i in q.criteria if i in ids]}) for q in questions],
            "differences": list(dict.fromkeys(differences)),
        }
    )
    return RuleBook.model_validate(merged.model_dump(by_alias=True))


def merge_with_filled(book: RuleBook, written: RuleBook, filled: RuleBook) -> RuleBook:
    """``book`` with what people filled in on the sheet.

    Args:
        book: The rules as the file has them.
        written: The rules as the sheet was written from them.
        filled: The rules as the sheet says now, in the same order.
    """
    differences = list(book.differences)
    merged = book.model_copy(
        update={
            "criteria": _filled(book.criteria, written.criteria, filled.criteria, _criterion_key, differences),
            "dossier_sets": _filled(
                book.dossier_sets, written.dossier_sets, filled.dossier_sets, _set_key, differences
            ),
            "deadlines": _filled(book.deadlines, written.deadlines, filled.deadlines, _deadline_key, differences),
            "questions": _filled(book.questions, written.questions, filled.questions, _question_key, differences),
        }
    )
    merged.differences = list(dict.fromkeys(differences))
    return RuleBook.model_validate(merged.model_dump(by_alias=True))


def _filled(
    rules: Sequence[_Rule],
    written: Sequence[_Rule],
    filled: Sequence[_Rule],
    key: Callable[[_Rule], tuple[str, ...]],
    differences: list[str],
) -> list[_Rule]:
    merged = list(rules)
    for before, after in zip(written, filled, strict=True):
        if after == before:
            continue
        at = next((n for n, rule in enumerate(merged) if key(rule) == key(before)), None)
        if at is None:
            differences.append(f"{before.place.item}: đã điền trong bảng tính nhưng tệp không còn mục này")
            continue
        if _content(merged[at]) != _content(before) and merged[at] != after:
            differences.append(f"{before.place.item}: sửa ở cả hai tệp, lấy theo bảng tính")
        merged[at] = after.model_copy(update={"place": merged[at].place})
    return merged


def _criterion_key(criterion: Criterion) -> tuple[str, ...]:
    return (criterion.award, _bare(criterion.quote or criterion.place.quote))


def _set_key(dossier: DossierSet) -> tuple[str, ...]:
    return (_bare(dossier.text), _bare(dossier.place.quote))


def _deadline_key(deadline: Deadline) -> tuple[str, ...]:
    return (_bare(deadline.place.quote),)


def _question_key(question: Question) -> tuple[str, ...]:
    return (question.trigger, _bare(question.text))


def _bare(text: str) -> str:
    return " ".join(text.split())


def _merged(
    new: Sequence[_Rule],
    old: Sequence[_Rule],
    key: Callable[[_Rule], tuple[str, ...]],
    told: Callable[[_Rule], str],
    differences: list[str],
) -> list[_Rule]:
    """Rules in the order of the new reading; those a person wrote himself, which quote nothing, behind them."""
    rest, merged = list(old), []
    for rule in new:
        kept = next((known for known in rest if key(known) == key(rule)), None)
        if kept is None:
            merged.append(rule)
            continue
        rest.remove(kept)
        if _content(kept) != _content(rule) and told(kept) != told(rule):
            differences.append(f"{rule.place.item}: giữ theo tệp đang có: {told(kept)}; lần đọc này: {told(rule)}")
        merged.append(kept.model_copy(update={"place": _where(rule.place, kept.place)}))
    taken = {rule.id for rule in merged if isinstance(rule, Criterion | Question)}
    for known in rest:
        if _is_own(known) and not (isinstance(known, Criterion | Question) and known.id in taken):
            merged.append(known)
        elif known.status == "confirmed" or _answer(known):
            answered = f", trả lời: {_answer(known)}" if _answer(known) else ""
            confirmed = f" ({known.by}, {known.on:%d/%m/%Y})" if known.by and known.on else ""
            differences.append(
                f"{known.place.item}: văn bản đã khác, cần xác nhận lại{confirmed}: {told(known)}{answered}"
            )
    return _with_own_ids(merged)


def _is_own(rule: _Rule) -> bool:
    """True for what a person added by hand: it quotes no guideline."""
    return not rule.place.quote and not (isinstance(rule, Criterion) and rule.quote) and not isinstance(rule, Question)


def _answer(rule: _Rule) -> str | None:
    return rule.answer if isinstance(rule, Question) else None


def _content(rule: _Rule) -> dict[str, object]:
    return {key: value for key, value in rule.model_dump().items() if key not in _OWN}


def _where(new: Place, old: Place) -> Place:
    """Where it stands now; a box that only the old file knows stays."""
    return new if new.box is not None or old.box is None or new.source != old.source else old


def _with_own_ids(rules: list[_Rule]) -> list[_Rule]:
    """Ids made unique: one kept from the file may be the new id of another rule."""
    taken: set[str] = set()
    whole: list[_Rule] = []
    for rule in rules:
        if isinstance(rule, Criterion | Question) and rule.id in taken:
            number = next(n for n in range(2, len(rules) + 3) if f"{rule.id}-{n}" not in taken)
            rule = rule.model_copy(update={"id": f"{rule.id}-{number}"})
        if isinstance(rule, Criterion | Question):
            taken.add(rule.id)
        whole.append(rule)
    return whole
