"""Which papers a dossier must hold, in how many copies and for whom (thành phần hồ sơ), as a guideline says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, cast

import regex

from appraise.guideline.guideline_text import GuidelineItem, GuidelineText
from appraise.guideline.phrases import data_file, phrase_pattern
from appraise.guideline.required_papers import copies_in, kind_at, read_paper, split_papers
from appraise.rules import DossierSet, RequiredPaper
from extract.record import Table
from normalize.folding import fold_aligned

__all__ = ["find_dossier_sets"]

_Audience = Literal["province", "prime_minister", "farmers_families", "other"]

_PARAGRAPH = regex.compile(r"(?<=[.;:)])[ \t]{0,8}\n\s{0,8}\n[\s\f]{0,8}(?=\p{Lu}\p{Ll})")
_LIST_OPENS = regex.compile(
    r"(?P<opening>\bho\s{1,4}so\b(?:[^.;]{0,200}?\b(?:bao\s{1,4})?gom(?:\s{1,4}co)?|[^.;:]{0,200}(?=:)))\s{0,4}:?\s{1,4}"
)
_COPIES_OF_ALL = regex.compile(
    r"\b(?:moi\s{1,4}(?:loai|thu|van\s{1,4}ban)|cac\s{1,4}van\s{1,4}ban\s{1,4}tren)\b[^.;]{0,60}"
)
_NAMES_HEAD = regex.compile(
    r"ten\s{1,4}(?:giay\s{1,4}to|van\s{1,4}ban|tai\s{1,4}lieu|ho\s{1,4}so)|thanh\s{1,4}phan|loai\s{1,4}giay|giay\s{1,4}to"
)
_COPIES_HEAD = regex.compile(r"so\s{1,4}(?:luong|ban)|ban\s{1,4}chinh")
_NUMBER = regex.compile(r"\d{1,2}")
_NOT_ASKED = {"", "-", "–", "0", "00", "không", "Không"}  # of a column for one level of awards


def find_dossier_sets(guideline: GuidelineText) -> list[DossierSet]:
    """Every composition of a dossier: items below "Hồ sơ ... gồm", lists within one sentence, and tables."""
    sets: list[DossierSet] = []
    papers_of_sets: set[int] = set()
    for item in guideline.walk():
        if item.start in papers_of_sets:
            continue
        below = _papers_below(guideline, item) if _is_opening(guideline, item) else []
        papers = below or _papers_within(guideline, item)
        if papers:
            sets.append(_set(guideline, item, papers))
        if below:
            papers_of_sets |= {child.start for child in item.children if not _own_set(guideline, child)}
    return sets + list(_sets_of_tables(guideline))


def _is_opening(guideline: GuidelineText, item: GuidelineItem) -> bool:
    """True where an item, or one above it, speaks of dossiers."""
    openings = _openings()
    return any(openings.search(fold_aligned(guideline.words_of(near))) for near in (item, *guideline.above(item)[:2]))


@cache
def _openings() -> regex.Pattern[str]:
    return phrase_pattern(data_file("required_papers.toml")["openings"])


def _papers_below(guideline: GuidelineText, item: GuidelineItem) -> list[RequiredPaper]:
    """The papers that an item's children name; none unless its first child names one and most others do."""
    papers: list[RequiredPaper] = []
    listed = [child for child in item.children if not _own_set(guideline, child)]
    if not listed or kind_at(fold_aligned(guideline.words_of(listed[0]))) is None:
        return []
    for child in listed:
        papers += _papers_of(_first_paragraphs(guideline, child))
    named = sum(kind_at(fold_aligned(guideline.words_of(child))) is not None for child in listed)
    if 2 * named < len(listed) or not _speaks_of_papers(guideline, item, papers):
        return []
    return _with_copies_of_all(papers, guideline.text[item.body : item.end])


def _speaks_of_papers(guideline: GuidelineText, item: GuidelineItem, papers: Sequence[RequiredPaper]) -> bool:
    """A list of papers, not one of deeds with papers: it says "gồm", or most papers are of a known kind."""
    own = fold_aligned(guideline.words_of(item))
    known = sum(paper.kind != "other" for paper in papers)
    return bool(_gom().search(own)) or 2 * known > len(papers)


@cache
def _gom() -> regex.Pattern[str]:
    return phrase_pattern(data_file("required_papers.toml")["lists"])


def _own_set(guideline: GuidelineText, child: GuidelineItem) -> bool:
    """A child that opens a set of its own ("* Riêng hồ sơ đối với nông dân gồm:")."""
    own = fold_aligned(guideline.words_of(child))
    return bool(child.children) and kind_at(own) is None and bool(_openings().search(own))


def _papers_within(guideline: GuidelineText, item: GuidelineItem) -> list[RequiredPaper]:
    """The papers of "hồ sơ gồm: Tờ trình ...; báo cáo ..." within an item's own words, or of a list below "Hồ sơ"."""
    text = guideline.text[item.body : item.own_end]
    opening = _LIST_OPENS.search(fold_aligned(text))
    if opening is None:
        papers = _papers_of(_first_paragraphs(guideline, item)) if _is_opening(guideline, item) else []
        return _with_copies_of_all(papers, text) if len(papers) > 1 else []
    end = regex.search(r"\.(?=\s+\p{Lu}|\s*$)", text[opening.end() :])
    listed = text[opening.end() : opening.end() + end.start() if end else len(text)]
    papers = _papers_of(listed)
    return _with_copies_of_all(papers, text) if any(paper.kind != "other" for paper in papers) else []


def _papers_of(text: str) -> list[RequiredPaper]:
    pieces = [text[start:end] for start, end in split_papers(text)]
    if not pieces or kind_at(fold_aligned(pieces[0])) is None:
        return []
    papers: list[RequiredPaper] = []
    for piece in pieces:
        paper = read_paper(piece)
        if paper is not None:
            papers.append(paper)
        elif papers:  # a semicolon within what is said of one paper
            whole = read_paper(f"{papers[-1].text}; {piece}")
            papers[-1] = whole if whole is not None else papers[-1]
    return papers


def _first_paragraphs(guideline: GuidelineText, item: GuidelineItem) -> str:
    """An item's own words without paragraphs that follow its sentence."""
    text = guideline.text[item.body : item.own_end]
    end = _PARAGRAPH.search(text)
    return text[: end.start()] if end else text


def _with_copies_of_all(papers: list[RequiredPaper], text: str) -> list[RequiredPaper]:
    """Copies said once of all papers ("mỗi loại 02 bản")."""
    said = _COPIES_OF_ALL.search(fold_aligned(text))
    copies = copies_in(text[said.start() : said.end()]) if said else None
    if copies is None:
        return papers
    return [paper if paper.copies else paper.model_copy(update={"copies": copies}) for paper in papers]


def _set(guideline: GuidelineText, item: GuidelineItem, papers: list[RequiredPaper]) -> DossierSet:
    own = guideline.words_of(item)
    opening = _LIST_OPENS.search(fold_aligned(own))
    words = own[: opening.end("opening")] if opening else own
    above = [guideline.words_of(near) for near in guideline.above(item)]
    number = copies_in(own, "bo")
    if number is None:
        number = next((found for text in _beside(guideline, item) if (found := copies_in(text, "bo"))), None)
    return DossierSet.model_validate(
        {
            "for": _audience([words, *above]),
            "text": words.strip(" :;.,"),
            "sets": number,
            "papers": papers,
            "place": guideline.place(item, item.body, item.end),
        }
    )


def _beside(guideline: GuidelineText, item: GuidelineItem) -> Iterator[str]:
    """What else is said of a dossier: its children that are no papers, and its neighbour "Số lượng hồ sơ: 02 bộ"."""
    near = list(item.children)
    for parent in guideline.above(item)[:1]:
        near += [child for child in parent.children if not child.children and child.start > item.start][:1]
    for child in near:
        words = guideline.words_of(child)
        if kind_at(fold_aligned(words)) is None:
            yield words


def _audience(texts: Sequence[str]) -> _Audience:
    """For whom: the nearest words that say it, the item's own first."""
    for text in texts:
        folded = fold_aligned(text)
        for audience, names, without in _audiences():
            if names.search(folded) and not without.search(folded):
                return audience
    return "other"


@cache
def _audiences() -> tuple[tuple[_Audience, regex.Pattern[str], regex.Pattern[str]], ...]:
    return tuple(
        (
            cast("_Audience", entry["for"]),
            phrase_pattern(entry["names"]),
            phrase_pattern(entry["without"]) if entry["without"] else regex.compile(r"(?!)"),
        )
        for entry in data_file("required_papers.toml")["audience"]
    )


def _sets_of_tables(guideline: GuidelineText) -> Iterator[DossierSet]:
    """Sets printed as a table with a column of papers and one of copies, or one of copies for each level of awards."""
    for table in guideline.tables:
        heads = [fold_aligned(head) for head in table.columns]
        names = next((at for at, head in enumerate(heads) if _NAMES_HEAD.search(head)), None)
        start = next((cell.span[0] for row in table.rows for cell in row.cells if cell.span), None)
        item = guideline.item_at(guideline.forth(start)) if start is not None else None
        if names is None or item is None:
            continue
        levels = {at: found for at, head in enumerate(heads) if at != names and (found := _level(head)) != "other"}
        if levels:
            for column, level in levels.items():
                papers = list(_papers_of_table(table, names, column, asked=True))
                if any(paper.kind != "other" for paper in papers):
                    head = " ".join(table.columns[column].split())
                    yield _set(guideline, item, papers).model_copy(update={"for_": level, "text": head})
            continue
        copies = next((at for at, head in enumerate(heads) if _COPIES_HEAD.search(head)), None)
        papers = list(_papers_of_table(table, names, copies))
        if any(paper.kind != "other" for paper in papers):
            yield _set(guideline, item, papers)


def _level(head: str) -> _Audience:
    """For whom a column of copies is: "Cấp tỉnh", "Thủ tướng"."""
    return _audience([head])


def _papers_of_table(table: Table, names: int, copies: int | None, *, asked: bool = False) -> Iterator[RequiredPaper]:
    """The papers of a table's rows; ``asked``: only those with a number in the column of copies, or a mark there."""
    for row in table.rows:
        texts = {cell.column: cell.text for cell in row.cells}
        paper = read_paper(texts.get(names, "")) if row.kind == "data" else None
        said = texts.get(copies, "").strip() if copies is not None else ""
        if paper is None or (asked and said in _NOT_ASKED):
            continue
        number = _NUMBER.search(said)
        yield paper if number is None or paper.copies else paper.model_copy(update={"copies": int(number.group())})
