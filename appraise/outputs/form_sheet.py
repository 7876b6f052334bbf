"""Phiếu thẩm định: the form of one candidate as a Word file, sections 1 to 6 filled in, section 7 left to a person."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from docx.image.image import Image
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from appraise.appraisal import Appraisal, AppraisedCandidate, Check, Contradiction, Evidence, FoundPaper
from appraise.outputs.appraisal_words import address_of, received_text, votes_text
from appraise.outputs.check_kinds import CheckKind, kind_of
from appraise.outputs.templates import as_docx, template
from appraise.outputs.wording import (
    STATE_NAMES,
    UNCONFIRMED,
    as_text,
    award_name,
    class_name,
    evidence_text,
    figures_text,
    place_of,
    state_text,
)
from appraise.rules import Criterion, RuleBook

__all__ = ["Snip", "form_docx"]

Snip = Callable[[Evidence], bytes | None]
"""Gives the PNG of a place on a page; None where there is none (plain text, page that cannot be drawn)."""

FORM: Final = "phieu-tham-dinh.docx"

_OWN_PAPER: Final = "papers."  # ids of checks on papers that each candidate has one of
_WIDEST_PICTURE: Final = Mm(155)  # the table is 165 mm wide
_MOST_PLACES: Final = 4  # of one check; appraisal.json has them all
_LONGEST_RULE: Final = 600  # characters


def form_docx(
    appraisal: Appraisal,
    candidate: AppraisedCandidate,
    rules: RuleBook,
    snip: Snip,
    templates: Path | None = None,
) -> bytes:
    """The form of ``candidate``.

    Args:
        appraisal: Of its dossier.
        candidate: Whose form it is.
        rules: The rules that were applied.
        snip: Draws the evidence.
        templates: A folder with the office's own ``phieu-tham-dinh.docx``.

    Raises:
        UsageError: The office's template cannot be filled in.
    """
    form = template(FORM, templates)
    return as_docx(form, FORM, _context(form, appraisal, candidate, rules, snip))


def _context(
    form: DocxTemplate, appraisal: Appraisal, candidate: AppraisedCandidate, rules: RuleBook, snip: Snip
) -> dict[str, Any]:
    checks: dict[CheckKind, list[Check]] = {kind: [] for kind in CheckKind}
    for check in (*candidate.checks, *appraisal.checks):
        checks[kind_of(check)].append(check)
    criteria = {criterion.id: criterion for criterion in rules.criteria}
    shown = _Shown(form, criteria, as_text(appraisal.rules), snip)
    own_papers = {check.id.removeprefix(_OWN_PAPER): check for check in candidate.checks if _is_own_paper(check)}
    return {
        "guideline": as_text(appraisal.rules or None),
        "guideline_mark": "" if appraisal.rules_confirmed else UNCONFIRMED,
        "name": as_text(candidate.name),
        "class_name": class_name(candidate.class_),
        "award": award_name(candidate.award),
        "address": address_of(candidate),
        "proposer": as_text(appraisal.proposer),
        "submission": as_text(appraisal.submission),
        "received": received_text(appraisal),
        "other_names": "; ".join(as_text(name) for name in candidate.names_read if name != candidate.name),
        "papers": [
            _paper(number, paper, own_papers.get(paper.kind)) for number, paper in enumerate(appraisal.papers, 1)
        ],
        "criteria": [shown.check(number, check) for number, check in enumerate(checks[CheckKind.CRITERION], 1)],
        "exclusions": [shown.check(number, check) for number, check in enumerate(checks[CheckKind.EXCLUSION], 1)],
        "contradictions": [_contradiction(n, item) for n, item in enumerate(_of(candidate, appraisal), 1)],
        "remarks": [
            *(_remark(check) for check in checks[CheckKind.OTHER] if not _is_own_paper(check)),
            *map(as_text, appraisal.warnings),
        ],
        "votes": votes_text(candidate),
        "vote_remarks": [_remark(check) for check in checks[CheckKind.VOTES]],
    }


class _Shown:
    """Shows checks in a form: the rule's words with their place, figures, reason, places with pictures."""

    def __init__(self, form: DocxTemplate, criteria: dict[str, Criterion], guideline: str, snip: Snip) -> None:
        self._form = form
        self._criteria = criteria
        self._guideline = guideline
        self._snip = snip
        self._quoted: set[str] = set()

    def check(self, number: int, check: Check) -> dict[str, Any]:
        figures = figures_text(check.figures)
        return {
            "n": str(number),
            "rule": self._rule(check),
            "figures": figures or "chưa có",
            "reason": as_text(check.reason),
            "result": as_text(check.reason),
            "state": state_text(check),
            "places": self._places(check.where),
        }

    def _rule(self, check: Check) -> str:
        name, criterion = as_text(check.name), self._criteria.get(check.rule or "")
        if criterion is None:
            return name
        quote = "" if criterion.id in self._quoted else as_text(criterion.quote)
        self._quoted.add(criterion.id)
        if len(quote) > _LONGEST_RULE:
            quote = f"{quote[:_LONGEST_RULE]}…"
        place = ", ".join(filter(None, (f"mục {criterion.place.item}", self._guideline)))
        words = f"{name}: “{quote}”" if quote and quote != name else name
        return f"{words} ({place})"

    def _places(self, where: Sequence[Evidence]) -> list[dict[str, Any]]:
        places = [{"text": evidence_text(place), "picture": self._picture(place)} for place in where[:_MOST_PLACES]]
        if (more := len(where) - _MOST_PLACES) > 0:
            places.append({"text": f"Còn {more} chỗ khác, xem appraisal.json.", "picture": ""})
        return places

    def _picture(self, place: Evidence) -> InlineImage | str:
        picture = self._snip(place)
        if picture is None:
            return ""
        width = min(Image.from_blob(picture).width, _WIDEST_PICTURE)
        return InlineImage(self._form, io.BytesIO(picture), width=width)


def _is_own_paper(check: Check) -> bool:
    return check.id.startswith(_OWN_PAPER)


def _paper(number: int, paper: FoundPaper, own: Check | None) -> dict[str, str]:
    """A line of the dossier; of papers that each candidate has one of, the candidate's own (``own``)."""
    state, reason = (paper.state, paper.reason) if own is None else (own.state, own.reason)
    scans = paper.scans if own is None else own.figures.get("scans", paper.scans)
    required = paper.required if own is None else own.figures.get("required", paper.required)
    pages = paper.pages if own is None else own.where
    came_along = required is None and state == "met"
    return {
        "n": str(number),
        "name": as_text(paper.name),
        "required": ("kèm theo" if came_along else "chưa rõ") if required is None else f"{required:02} bản",
        "found": f"{scans:02} bản quét" if scans else "chưa thấy",
        "where": "; ".join(map(place_of, pages)) or "; ".join(map(as_text, paper.files)),
        "remark": ": ".join(filter(None, ("" if came_along else STATE_NAMES[state], as_text(reason)))),
    }


def _of(candidate: AppraisedCandidate, appraisal: Appraisal) -> list[Contradiction]:
    """Contradictions that touch the candidate, or the dossier as a whole."""
    names = {candidate.name, *candidate.names_read, None}
    return [item for item in appraisal.contradictions if item.candidate in names]


def _contradiction(number: int, item: Contradiction) -> dict[str, str]:
    return {
        "n": str(number),
        "what": as_text(item.what),
        "readings": "; ".join(map(as_text, item.values)),
        "where": "; ".join(map(place_of, item.where)),
    }


def _remark(check: Check) -> str:
    places = "; ".join(map(place_of, check.where[:_MOST_PLACES]))
    return f"{as_text(check.name)}: {state_text(check)}. {as_text(check.reason)}{f' ({places})' if places else ''}"
