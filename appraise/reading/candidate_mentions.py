"""Every place where a paper of the dossier proposes somebody: rows of its tables, titles of reports, numbered lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex
from rapidfuzz import fuzz, process

from appraise.appraisal import Evidence
from appraise.dossier import Dossier, DossierPaper
from appraise.guideline.award_words import award_named
from appraise.reading.name_reading import NameRead, class_of_section, read_name
from appraise.reading.report_subjects import report_subject
from appraise.reading.table_heads import columns_of
from appraise.rules import Award
from extract.record import Table, TableCell, TableRow, Where

__all__ = ["Mention", "cell_text", "find_mentions", "place_of_cells"]

_LISTING = ("list", "summary", "submission", "minutes")
_SAME_AWARD = 85.0  # of 100: one or two letters misread; "Giấy khen ... huyện" and "Bằng khen ... tỉnh" are 73
_LEAST_NAMES = 0.5  # of the rows of a column without a head that must name somebody
_ABBREVIATED = (
    (regex.compile(r"\bBK\b"), "Bằng khen"),
    (regex.compile(r"\bGK\b"), "Giấy khen"),
    (regex.compile(r"\bTTg\b"), "Thủ tướng"),
)
_NUMBERED = regex.compile(
    r"(?m)^[^\S\n]{0,8}(?:\d{1,2}[.)]|[-+•])\s{1,3}"
    r"(?P<line>(?:[ÔôOo]ng|[Bb]à|Hộ|Gia đình|Đồng chí|Nhân dân|Tập thể|Thôn|Xã|Công ty|Hợp tác xã|HTX)\s[^\n]{4,160})$"
)
_NEXT_LINE = regex.compile(r"\n(?!\s{0,8}(?:\d{1,2}[.)]|[-+•*(]))(?P<next>[^\n\f]{2,160})")
_PROPOSING = ("submission", "minutes")
_NO_UNITS = (None, "person", "family")  # sections in which a name of no known kind proposes nobody


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that proposes somebody. ``row`` and ``columns`` are those of a table, None elsewhere; ``heads`` too."""

    name: NameRead
    paper: DossierPaper
    award: Award | None
    confidence: float
    where: tuple[Evidence, ...]
    section: str | None = None
    row: TableRow | None = None
    columns: Mapping[str, int] | None = None
    heads: Mapping[str, str] = field(default_factory=dict)
    detail: str = ""  # post, unit, place as printed beside the name


def find_mentions(dossier: Dossier) -> list[Mention]:
    """All mentions, lists first, reports last, each paper's in its order."""
    found: list[Mention] = []
    for kind in _LISTING:
        for paper in dossier.by_kind.get(kind, ()):
            rows = [mention for table in paper.record.tables for mention in _rows(paper, table)]
            found += rows or (_lines(paper) if kind in _PROPOSING else ())
    known = list({(mention.name.class_, mention.name.core): mention.name for mention in found}.values())
    for paper in dossier.by_kind.get("achievement_report", ()):
        subject = report_subject(paper, known)
        if subject is not None:
            found.append(
                Mention(
                    subject.name,
                    paper,
                    _award_of_paper(paper),
                    subject.confidence,
                    subject.where,
                    detail=subject.detail,
                )
            )
    return found


# --- tables -------------------------------------------------------------------------------------------------------


def cell_text(row: TableRow, column: int | None) -> str:
    """Text of the cell in ``column``, empty where there is none."""
    return next((" ".join(cell.text.split()) for cell in row.cells if cell.column == column), "")


def _rows(paper: DossierPaper, table: Table) -> Iterator[Mention]:
    columns = columns_of(table)
    column = columns.get("name")
    if column is None or not _names_somebody(table, column):
        column = next((at for at in range(len(table.columns)) if _names_somebody(table, at)), None)
    if column is None or not (columns.keys() & {"award", "votes", "merit", "money", "post", "share"}):
        return
    columns["name"] = column
    heads = {role: " ".join(table.columns[at].split()) for role, at in columns.items()}
    titled = _award_of_paper(paper)
    awards = _awards_of_column(table, columns.get("award"))
    section: str | None = None
    award_of_section: Award | None = None
    for row in table.rows:
        text = cell_text(row, column)
        said = class_of_section(text or " ".join(cell.text for cell in row.cells))
        if row.kind == "group" or (said is not None and len(_filled(row)) <= 2):
            section = said or section
            named = award_named(_written_out(" ".join(cell.text for cell in row.cells)))
            award_of_section = named.award if named else award_of_section
            continue
        name = read_name(text, section) if row.kind == "data" and text else None
        if name is None or (name.class_ is None and (section in _NO_UNITS or not name.core[:1].isupper())):
            continue  # "nhân" is what a scan left of the section "Cá nhân"
        award = awards.get(cell_text(row, columns.get("award")))
        cell = next(cell for cell in row.cells if cell.column == column)
        yield Mention(
            name=name,
            paper=paper,
            award=award or award_of_section or titled,
            confidence=cell.confidence,
            where=place_of_cells(paper, row, [cell]),
            section=section,
            row=row,
            columns=columns,
            heads=heads,
            detail=", ".join(
                part
                for part in (name.rest, *(cell_text(row, columns.get(r)) for r in ("post", "unit", "place")))
                if part
            ),
        )


def _awards_of_column(table: Table, column: int | None) -> dict[str, Award | None]:
    """The award of each text of a column; a misread one is what another row of the column says nearly the same."""
    texts = dict.fromkeys(text for row in table.rows if (text := cell_text(row, column)))
    named = {text: award_named(_written_out(text)) for text in texts}
    known = {text: award.award for text, award in named.items() if award is not None}
    found: dict[str, Award | None] = {}
    for text in texts:
        nearest = process.extractOne(text, known.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_AWARD)
        found[text] = known.get(text) or (known[nearest[0]] if nearest else None)
    return found


def _filled(row: TableRow) -> list[TableCell]:
    return [cell for cell in row.cells if any(char.isalnum() for char in cell.text)]


def _names_somebody(table: Table, column: int) -> bool:
    rows = [row for row in table.rows if row.kind == "data" and len(_filled(row)) > 2]
    named = [row for row in rows if (read := read_name(cell_text(row, column))) is not None and read.class_]
    return bool(rows) and len(named) >= _LEAST_NAMES * len(rows)


def place_of_cells(paper: DossierPaper, row: TableRow, cells: Sequence[TableCell]) -> tuple[Evidence, ...]:
    """Where cells stand, with the whole row as the quote."""
    quote = " | ".join(" ".join(cell.text.split()) for cell in row.cells)
    places: list[Where] = [place for cell in cells for place in cell.where]
    confidence = min((cell.confidence for cell in cells), default=1.0)
    if not places:
        return (Evidence(file=paper.file, page=row.page, quote=quote, confidence=confidence),)
    return tuple(
        Evidence(file=paper.file, page=place.page, box=place.box, quote=quote, confidence=confidence)
        for place in places
    )


# --- text ---------------------------------------------------------------------------------------------------------


def _lines(paper: DossierPaper) -> Iterator[Mention]:
    """Candidates of a submission or minutes that has no table: numbered lines."""
    start, end = paper.span
    titled = _award_of_paper(paper)
    for match in _NUMBERED.finditer(paper.text, start, end):
        line = _whole_line(paper.text, match)
        name = read_name(line.split(": ", 1)[0])  # "- Công ty ...: đề nghị tặng Bằng khen"
        if name is None or name.class_ is None:
            continue
        named = award_named(_written_out(line))
        page = 1 + paper.text.count("\f", 0, match.start())
        where = (Evidence(file=paper.file, page=page, quote=match["line"]),)
        yield Mention(name, paper, named.award if named else titled, _LINE, where, detail=name.rest)


def _whole_line(text: str, match: regex.Match[str]) -> str:
    """A numbered line with the one it runs on to: "..., huyện Mường" / "Sa: đề nghị tặng"."""
    line, after = match["line"].rstrip(), _NEXT_LINE.match(text, match.end())
    goes_on = after is not None and ": " not in line and not line.endswith((".", ";", ":"))
    return f"{line} {after['next'].strip()}" if goes_on and after is not None else line


_LINE = 0.8


def _award_of_paper(paper: DossierPaper) -> Award | None:
    """The award that a paper's title asks for; None where it names none or several."""
    subject = paper.record.document.subject
    said = _written_out(str(subject.value)) if subject is not None else ""
    named = award_named(said)
    return named.award if named else None


@cache
def _written_out(text: str) -> str:
    for pattern, words in _ABBREVIATED:
        text = pattern.sub(words, text)
    return text
