"""From the files of a dossier to its papers: told apart, recognised, scans of the same paper put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appraise.dossier import Dossier, DossierPaper, ReadFile
from appraise.reading.annexed_lists import with_annexed_lists
from appraise.reading.paper_spans import paper_spans
from appraise.reading.papers import Paper, paper_of
from appraise.reading.scan_copies import with_copies
from appraise.reading.table_heads import with_heads
from appraise.reading.two_of_one_page import two_of_one_page
from extract.record import Part, Quality, Record

__all__ = ["read_dossier"]

_UNKNOWN = "Chưa nhận ra"


def read_dossier(
    files: Sequence[ReadFile],
    *,
    name: str,
    received: str | None = None,
    unread: Sequence[tuple[str, str]] = (),
) -> Dossier:
    """The dossier that ``files`` hold, in their order; a paper of no known kind stays, with ``kind`` None.

    Args:
        files: What could be read.
        name: Of the dossier, as it is shown.
        received: ISO date of arrival.
        unread: Names of files that could not be read, each with the reason.
    """
    papers = with_copies([paper for file in files for paper in _papers_of(file)])
    by_kind: dict[str, list[DossierPaper]] = defaultdict(list)
    for paper in papers:
        if paper.kind is not None:
            by_kind[paper.kind].append(paper)
    return Dossier(
        name=name,
        files=tuple(files),
        papers=tuple(papers),
        received=received,
        unread=tuple(unread),
        by_kind={kind: tuple(of_kind) for kind, of_kind in by_kind.items()},
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """One document of a file before annexes are put to what they belong to."""

    record: Record
    pages: tuple[int, ...]
    span: tuple[int, int]
    owner: int | None
    paper: Paper | None


def _papers_of(file: ReadFile) -> Iterator[DossierPaper]:
    pieces = list(_pieces_of(file))
    for at, piece in enumerate(pieces):
        if _joined_to(pieces, at) is not None:
            continue
        whole, pages, (start, end) = piece.record, piece.pages, piece.span
        for index, other in enumerate(pieces):
            if _joined_to(pieces, index) == at:
                whole, pages, end = _with_annex(whole, other.record), (*pages, *other.pages), max(end, other.span[1])
        found = DossierPaper(
            kind=piece.paper.id if piece.paper else None,
            name=piece.paper.name if piece.paper else _name_of(whole),
            file=file.name,
            pages=pages,
            record=whole,
            text=file.text,
            span=(start, end),
        )
        for single in with_annexed_lists(found):
            yield from two_of_one_page(single)


def _pieces_of(file: ReadFile) -> Iterator[_Piece]:
    if not file.record.parts:
        record = with_heads(file.record)
        pages = tuple(range(1, record.source.pages + 1))
        yield _Piece(record, pages, (0, len(file.text)), None, paper_of(record, file.text))
        return
    for part, span in zip(file.record.parts, paper_spans(file), strict=True):
        record = with_heads(_record_of(file.record, part, span))
        yield _Piece(record, tuple(part.pages), span, part.annex_of, paper_of(record, file.text[slice(*span)]))


def _record_of(whole: Record, part: Part, span: tuple[int, int]) -> Record:
    """A part's fields as a record of its own; contradictions that reach into it are kept."""
    pages = set(part.pages)
    return Record(
        source=whole.source,
        document=part.document,
        values=part.values,
        outline=part.outline,
        tables=part.tables,
        quality=Quality(pages=[page for page in whole.quality.pages if page.page in pages]),
        contradictions=[
            found
            for found in whole.contradictions
            if any(span[0] <= start < span[1] for start, _ in found.spans)
            or (not found.spans and any(place.page in pages for place in found.places))
        ],
        warnings=part.warnings,
    )


def _joined_to(pieces: Sequence[_Piece], at: int) -> int | None:
    """The piece that an annex is part of: a decision and its list are one paper, a submission and its list are two."""
    owner, found = pieces[at].owner, None
    while owner is not None and owner != at:
        paper = pieces[owner].paper
        if pieces[at].paper is None or (paper is not None and paper.annexes):
            found = owner
        owner = pieces[owner].owner
    return found


def _with_annex(record: Record, annex: Record) -> Record:
    return record.model_copy(
        update={
            "values": [*record.values, *annex.values],
            "outline": [*record.outline, *annex.outline],
            "tables": [*record.tables, *annex.tables],
            "quality": Quality(pages=[*record.quality.pages, *annex.quality.pages]),
            "warnings": [*record.warnings, *annex.warnings],
        }
    )


def _name_of(record: Record) -> str:
    kind, subject = record.document.type, record.document.subject
    said = [str(field.value) for field in (kind, subject) if field is not None and field.value]
    return f"{_UNKNOWN}: {' '.join(said)}" if said else _UNKNOWN
