"""The record of one document: what ``record.json`` holds. Its names are a contract with the programs that read it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "Checked",
    "Contradiction",
    "DocumentFields",
    "Heading",
    "PageQuality",
    "Part",
    "Quality",
    "Reading",
    "Record",
    "Source",
    "Table",
    "TableCell",
    "TableRow",
    "ValueField",
    "Where",
]

Status = Literal["read", "restored", "inferred", "handwritten", "conflict", "absent"]
ValueKind = Literal[
    "date",
    "period",
    "amount",
    "criteria",
    "percentage",
    "copies",
    "area",
    "count",
    "reference",
    "person",
    "organ",
    "place",
    "ratio",
    "votes",
]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Where(_Model):
    """One place on one page; ``box`` is [x0, y0, x1, y1] in points, origin top left of the displayed page."""

    page: int = Field(ge=1)
    box: tuple[float, float, float, float]


class Alternative(_Model):
    """Another reading of the same field."""

    value: Any
    raw: str
    where: list[Where] = []
    confidence: Probability


class Checked(_Model):
    """What a person said of a field (from ``corrections.json``)."""

    by: str
    at: str
    value: Any


class Reading(_Model):
    """A value with its evidence.

    ``value`` is normalised (ISO dates, integers of đồng), ``raw`` is as printed, misprints kept. ``where`` has one
    place for each line the value runs over and is empty for text-only input. ``span`` counts code points of the text:
    the NFC input where there are no pages, ``text.txt`` otherwise.
    """

    value: Any
    raw: str
    where: list[Where] = []
    span: tuple[int, int] | None = None
    quote: str = ""
    confidence: Probability
    status: Status = "read"
    alternatives: list[Alternative] = []
    rule: str
    checked: Checked | None = None


class ValueField(Reading):
    """A value found in the body, with its kind."""

    kind: ValueKind


class DocumentFields(_Model):
    """The parts of the document (thể thức). ``None``: not found; status ``absent``: this document has none."""

    type: Reading | None = None  # tên loại văn bản
    number: Reading | None = None  # số
    symbol: Reading | None = None  # ký hiệu
    code: Reading | None = None  # số và ký hiệu as printed
    issue_date: Reading | None = None  # ngày ban hành
    place: Reading | None = None  # địa danh
    issuer: Reading | None = None  # cơ quan ban hành
    parent_organ: Reading | None = None  # cơ quan chủ quản
    subject: Reading | None = None  # trích yếu
    signer: Reading | None = None  # người ký
    signer_title: Reading | None = None  # chức vụ
    signing_authority: Reading | None = None  # quyền hạn: TM., KT., TL., TUQ., Q.
    co_signers: list[Reading] = []  # who signs beside the signer; value: {"name", "title", "authority"}
    secrecy: Reading | None = None  # độ mật
    urgency: Reading | None = None  # độ khẩn
    addressees: list[Reading] = []  # kính gửi
    legal_bases: list[Reading] = []  # căn cứ
    recipients: list[Reading] = []  # nơi nhận
    digital_signatures: list[Reading] = []  # chữ ký số
    attached_to: Reading | None = None  # kèm theo ...: what an annex says it belongs to; value as of legal_bases
    copy_mark: Reading | None = None  # sao y, sao lục, trích sao: {"form", "code", "date", "organ", "signer"}
    arrival_number: Reading | None = None  # số đến
    arrival_date: Reading | None = None  # ngày đến
    draft: Reading | None = None  # dự thảo, as printed: "DỰ THẢO LẦN 2"


class Heading(_Model):
    """One item of the outline (bố cục): ``number`` normalised ("III", "3.2.1", "đ", None for a dash), title as read.

    ``status`` is ``inferred`` where the number was repaired by its place in the sequence; ``raw`` is as
    printed.
    """

    level: Literal["part", "chapter", "section", "subsection", "article", "clause", "point", "dash"]
    number: str | None
    title: str
    raw: str
    where: list[Where] = []
    span: tuple[int, int] | None = None
    confidence: Probability
    status: Status = "read"
    children: list[Heading] = []


class TableCell(_Model):
    """One cell: text as read; ``value`` and ``unit`` where it holds a number, the unit of the head applied.

    A merged cell stands in its first row and column; ``rows`` counts the rows of the page's rules, ``columns`` those
    that it spans by its rules or its words.
    """

    text: str
    column: int = Field(ge=0)
    rows: int = Field(default=1, ge=1)
    columns: int = Field(default=1, ge=1)  # how many columns it spans
    value: Any = None
    unit: str | None = None
    where: list[Where] = []
    span: tuple[int, int] | None = None
    confidence: Probability


class TableRow(_Model):
    """One row; ``group`` is the text of the last group row above it ("I. Tập thể")."""

    kind: Literal["head", "group", "data", "total"]
    cells: list[TableCell]
    group: str | None = None
    page: int = Field(ge=1)


class Table(_Model):
    """One table, its parts on several pages joined; repeated head rows are left out."""

    pages: list[int]
    columns: list[str]
    rows: list[TableRow]
    unit: str | None = None  # đơn vị tính above or in the head, for the whole table
    ruled: bool = True


class Source(_Model):
    """The input file, by name and content."""

    name: str
    sha256: str = ""
    bytes: int = 0
    pages: int


class PageQuality(_Model):
    """How well one page was read."""

    page: int
    text_from: Literal["image", "layer", "none"]
    mean_confidence: Probability
    vietnamese: Probability
    warnings: list[str] = []


class Quality(_Model):
    """Reading quality, page by page."""

    pages: list[PageQuality] = []


class Contradiction(_Model):
    """Printed places that cannot all be right, found by one ``check``; which of them is wrong is for a person to say.

    ``values`` are as printed, one for each place in the order of the ``message`` (Vietnamese); ``places`` has all boxes
    of all of them, ``spans`` one stretch of the text for each where it has one.
    """

    check: str
    message: str
    values: list[str]
    places: list[Where] = []
    spans: list[tuple[int, int]] = []


class Part(_Model):
    """One document of a file that holds several; spans and pages count in the whole file.

    ``annex_of`` is the place in ``parts`` (from 0) of the document that an annex belongs to.
    """

    pages: list[int]
    document: DocumentFields
    annex_of: int | None = Field(default=None, ge=0)
    values: list[ValueField] = []
    outline: list[Heading] = []
    tables: list[Table] = []
    warnings: list[str] = []


class Record(_Model):
    """``record.json``. ``document``, ``outline`` and ``tables`` are of the first part; ``parts`` has every part.

    ``parts`` is empty where the file holds one document; ``values`` are those of the whole file.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    schema_: Literal["sohoa/record/1"] = Field(default="sohoa/record/1", alias="schema")
    source: Source
    document: DocumentFields
    values: list[ValueField] = []
    parts: list[Part] = []
    outline: list[Heading] = []
    tables: list[Table] = []
    quality: Quality = Quality()
    contradictions: list[Contradiction] = []
    warnings: list[str] = []
