"""A record written piece by piece is the one that pydantic writes as a whole."""

from __future__ import annotations

from corpus.record_json import record_pieces, record_to_json
from extract.record import (
    Alternative,
    Contradiction,
    DocumentFields,
    Heading,
    PageQuality,
    Part,
    Quality,
    Reading,
    Record,
    Source,
    Table,
    TableCell,
    TableRow,
    ValueField,
    Where,
)

_WHERE = [Where(page=2, box=(1.5, 2.0, 30.25, 4.0))]


def _value(number: int) -> ValueField:
    others = [Alternative(value={"count": number}, raw='"3"\n\\', where=_WHERE, confidence=0.1)]
    return ValueField(
        kind="count",
        value={"count": number, "of": None},
        raw=f"{number} hộ\ndân",
        where=_WHERE,
        span=(number, number + 4),
        quote="dòng một\ndòng hai",
        confidence=0.5,
        alternatives=others,
        rule="count.plain",
    )


def _part(annex_of: int | None) -> Part:
    cell = TableCell(text="12", column=0, value=12, where=_WHERE, confidence=1.0)
    heading = Heading(
        level="article",
        number="1",
        title="Tặng Giấy khen",
        raw="Điều 1. Tặng Giấy khen",
        confidence=0.9,
        children=[Heading(level="clause", number="1", title="", raw="1.", confidence=0.9)],
    )
    return Part(
        pages=[1, 2],
        document=DocumentFields(number=Reading(value="12", raw="12", confidence=0.9, rule="head.number")),
        annex_of=annex_of,
        values=[_value(1), _value(2)],
        outline=[heading],
        tables=[Table(pages=[1], columns=["STT"], rows=[TableRow(kind="data", cells=[cell], page=1)])],
        warnings=["outline_sequence: page 2: Điều 7 after Điều 5"],
    )


def _of_one_document() -> Record:
    return Record(source=Source(name="một “tệp”.pdf", pages=1), document=DocumentFields())


def _of_two() -> Record:
    parts = [_part(None), _part(0)]
    return Record(
        source=Source(name="a.pdf", sha256="0" * 64, bytes=5, pages=2),
        document=parts[0].document,
        values=[_value(1), _value(2)],
        parts=parts,
        outline=parts[0].outline,
        tables=parts[0].tables,
        quality=Quality(pages=[PageQuality(page=1, text_from="image", mean_confidence=0.9, vietnamese=1.0)]),
        contradictions=[Contradiction(check="total", message="Sai", values=["1", "2"], places=_WHERE, spans=[(1, 2)])],
        warnings=["signed"],
    )


def test_pieces_make_what_pydantic_writes() -> None:
    for record in (_of_one_document(), _of_two()):
        assert record_to_json(record) == record.model_dump_json(by_alias=True, indent=1) + "\n"
        assert Record.model_validate_json(record_to_json(record)) == record


def test_no_piece_is_longer_than_a_value_or_a_table() -> None:
    record = _of_two()
    longest = max(map(len, record_pieces(record)))
    record.values = record.values * 100
    record.parts[1].values = record.values
    assert max(map(len, record_pieces(record))) == longest
