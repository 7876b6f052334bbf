"""One paper that a guideline asks for: its kind, how many copies, what comes with it, on which form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.rules import RequiredPaper
from extract.copies import COPIES_GRAMMAR
from extract.patterns import Source, find_all
from normalize.folding import fold_aligned

__all__ = ["kind_at", "read_paper", "split_papers"]

_FARTHEST_NAME = 48  # characters from the paper's first word to its name: "02 (hai) bản chính có xác nhận của Tờ trình"
_LEAD = regex.compile(
    r"(?:[\W\d]{0,4}[a-z]\))?[\W\d]{0,6}(?:\(?(?:mot|hai|ba|bon|nam)\)?\s{1,4})?(?:(?:ban|bo|to)\s{1,4}(?:(?:chinh|goc|sao|photo)\s{1,4})?"
    r"(?:cua\s{1,4}|cac\s{1,4})?)?(?:mot\s{1,4}trong\s{1,4}cac\s{1,4}|cac\s{1,4})?"
)
_WITH = regex.compile(
    r"(?:\(?\s{0,2}(?:co\s{1,4}|gui\s{1,4})?)?(?<!ban\shanh\s)\bkem(?:\s{1,4}theo)?\b[\s:]{0,4}(?P<after>[^.;()]{0,160})"
    r"|(?P<before>[^.;()]{3,120}?)\s{1,4}kem(?:\s{1,4}theo)?\s{0,4}\)"
)
_FORM = regex.compile(
    r"\b(?:theo\s{1,4})?(?P<form>(?:bieu\s{1,4})?mau(?:\s{1,4}so)?\s{0,4}[\w./-]{0,4}\d[^;()\n.]{0,12}"
    r"(?:[^;()]{0,160}?)?)(?=\s{0,4}(?:[;()]|\.\s|\.$|$|,\s{1,4}(?:liet|neu|co|trong|kem|gom|so)))"
)
_JOINT = regex.compile(r";\s{0,4}(?:va\s{1,4})?|,\s{0,4}(?:va\s{1,4})?|\s(?:va|cung)\s{1,4}|\s\+\s")
# "01 bản Tờ trình", "04 bộ bản chính": a count that papers follow, which the grammar for whole texts does not take.
_COUNT = r"(?<![\d./-])(?P<count>\d{1,2})\s{0,2}(?:\(\w{2,4}\)\s{0,2})?%s\b"
# "mẫu số 07 ban hành kèm theo Nghị định": a form's number before a verb, no count of copies.
_NO_COPIES_BEHIND = regex.compile(r"\s{0,4}(?:hanh|ngay)\b")
_NUMBERED = regex.compile(r"\b(?:so|mau|bieu|dieu|khoan|phu\s{1,4}luc)\s{0,4}[:.]?\s{0,4}$")
_NUMBERED_WITHIN = 16  # characters before a number
_SUM = regex.compile(r"[\s,;+]{0,4}(?:va\s{1,4})?")
_BRACKETS = regex.compile(r"\([^()]{0,400}\)")


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str
    names: regex.Pattern[str]


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(_Kind(p["kind"], phrase_pattern(p["names"])) for p in data_file("required_papers.toml")["paper"])


def kind_at(folded: str, start: int = 0) -> str | None:
    """The kind of paper that folded text opens with; None where it opens with no paper.

    A name further on counts where only "bản sao", "02 bản chính" and the like stand before it.

    >>> kind_at("02 ban bao cao thanh tich cua tap the"), kind_at("cac xa lam duong")
    ('achievement_report', None)
    """
    lead = _LEAD.match(folded, start)
    begins = {
        start,
        lead.end() if lead else start,
        start + len(folded[start:]) - len(folded[start:].lstrip(" -+*\n\t")),
    }
    best: tuple[int, str] | None = None
    for kind in _kinds():
        for at in begins:
            match = kind.names.match(folded, at)
            if match and match.end() - start <= _FARTHEST_NAME + len(match.group()):
                size = match.end() - start
                if best is None or (best[1] == "other", size) > (kind.kind == "other", best[0]):
                    best = (size, kind.kind)
    return best[1] if best else None


def split_papers(text: str) -> Iterator[tuple[int, int]]:
    """Where the papers stand in a line that lists one or several: cut before each that opens with its own name.

    Brackets are passed over: "Tờ trình (kèm theo danh sách, biểu tóm tắt)" is one paper.
    """
    folded = fold_aligned(text)
    open_text = _BRACKETS.sub(lambda match: "_" * len(match.group()), folded)
    begin = 0
    for joint in _JOINT.finditer(open_text):
        strong = joint.group().startswith(";")
        kind, own = kind_at(folded, joint.end()), kind_at(folded, begin)
        accompanied = regex.search(r"\bkem(?:\s{1,4}theo)?\b[^;]{0,120}$", open_text[begin : joint.start()])
        if (strong or (kind not in {None, "other", own} and not accompanied)) and text[begin : joint.start()].strip():
            yield begin, joint.start()
            begin = joint.end()
    if text[begin:].strip(" .;,\n\t"):
        yield begin, len(text)


def read_paper(text: str) -> RequiredPaper | None:
    """The paper that ``text`` asks for; None where it opens with no paper.

    >>> paper = read_paper("Báo cáo thành tích (theo mẫu 07 tại Nghị định số 91/2017/NĐ-CP). (03 bản);")
    >>> paper.kind, paper.copies, paper.form
    ('achievement_report', 3, 'mẫu 07 tại Nghị định số 91/2017/NĐ-CP')
    """
    folded = fold_aligned(text)
    kind = kind_at(folded)
    if kind is None:
        return None
    return RequiredPaper(
        kind=kind,
        copies=copies_in(text),
        **{"with": _with(text, folded, kind)},
        form=_form(text, folded),
        text=regex.sub(r"^[a-zđ]\)\s", "", " ".join(text.split())).strip(" ;.,-+*"),
    )


def copies_in(text: str, unit: str = "ban") -> int | None:
    """Copies asked for: "(03 bản)" is 3, "01 bản chính và 02 bản sao" 3; None where none are named or they conflict."""
    source = Source(text, fold_aligned(text))
    found = [
        item
        for item in find_all(source, COPIES_GRAMMAR)
        if regex.search(rf"\b{unit}\b", source.folded[item.start : item.end])
        and not _is_a_number(source.folded, item.start, item.end)
    ]
    if not found:
        bare = (m for m in regex.finditer(_COUNT % unit, source.folded) if not _is_a_number(source.folded, *m.span()))
        counted = next(bare, None)
        return int(counted["count"]) or None if counted else None
    if found[0].status == "conflict":
        return None
    total, end = int(found[0].value), found[0].end
    for item in found[1:]:
        if item.status == "conflict" or not _SUM.fullmatch(source.folded, end, item.start):
            break
        total, end = total + int(item.value), item.end
    return total


def _is_a_number(folded: str, start: int, end: int) -> bool:
    """Whether digits before "bản" number something else: "mẫu số 07", "07 ban hành"."""
    if _NO_COPIES_BEHIND.match(folded, end):
        return True
    before = folded[max(0, start - _NUMBERED_WITHIN) : start]
    return _NUMBERED.search(before) is not None


def _with(text: str, folded: str, own: str) -> list[str]:
    """What comes with a paper: kinds where they are known, else as printed."""
    match = _WITH.search(folded)
    if match is None:
        return []
    group = "after" if match["after"] and match["after"].strip() else "before"
    if not match[group]:
        return []
    start, end = match.span(group)
    pieces = regex.split(r"\s*(?:,|;|\bvà\b|\bva\b)\s*", text[start:end])
    named = [(kind_at(fold_aligned(piece)), " ".join(piece.split())) for piece in pieces if piece.strip()]
    known = [kind for kind, _ in named if kind not in {None, "other", own}]
    return list(dict.fromkeys(kind for kind in known if kind)) or [words for _, words in named[:1]]


def _form(text: str, folded: str) -> str | None:
    match = _FORM.search(folded)
    return " ".join(text[slice(*match.span("form"))].split()).strip(" ,") if match else None
