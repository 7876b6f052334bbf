"""The record of one document: what ``record.json`` holds. Its names are a contract with the programs that read it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Checked", "DocumentFields", "PageQuality", "Quality", "Reading", "Record", "Source", "ValueField", "Where"]

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
    secrecy: Reading | None = None  # độ mật
    urgency: Reading | None = None  # độ khẩn
    addressees: list[Reading] = []  # kính gửi
    legal_bases: list[Reading] = []  # căn cứ
    recipients: list[Reading] = []  # nơi nhận
    digital_signatures: list[Reading] = []  # chữ ký số


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


class Record(_Model):
    """``record.json``."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    schema_: Literal["sohoa/record/1"] = Field(default="sohoa/record/1", alias="schema")
    source: Source
    document: DocumentFields
    values: list[ValueField] = []
    parts: list[Any] = []
    outline: list[Any] = []
    tables: list[Any] = []
    quality: Quality = Quality()
    warnings: list[str] = []
