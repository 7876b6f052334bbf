"""The rules of a guideline as data: what ``rules.yaml`` holds. Its names are a contract with the people who confirm it.

Sohoa proposes, a person confirms: a rule that nobody confirmed is used only with a visible mark. What the guideline
leaves unsaid is a question with a default, never settled silently.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "Award",
    "CandidateClass",
    "Criterion",
    "Deadline",
    "DossierSet",
    "Exclusion",
    "GuidelineField",
    "Measure",
    "OutlineItem",
    "Place",
    "Question",
    "RequiredPaper",
    "RuleBook",
    "Test",
    "Window",
]

Award = Literal["giay_khen", "bang_khen_tinh", "bang_khen_thu_tuong", "other"]
CandidateClass = Literal[
    "department",  # sở, ban, ngành
    "front_union",  # Mặt trận Tổ quốc, đoàn thể
    "district",  # huyện, thành phố, thị xã
    "commune",  # xã
    "difficult_commune",  # xã đặc biệt khó khăn
    "hamlet",  # thôn, bản, khu dân cư
    "enterprise",  # doanh nghiệp, hợp tác xã
    "family",  # gia đình, hộ gia đình
    "official",  # cán bộ, công chức, viên chức
    "individual",  # cá nhân
    "worker",  # người lao động, nông dân
    "entrepreneur",  # doanh nhân, doanh nghiệp
    "any",
]
Measure = Literal[
    "new_criteria",  # mức tăng mới, số tiêu chí
    "criteria_reached",  # số tiêu chí đạt
    "commune_standard",  # xã đạt chuẩn nông thôn mới
    "advanced_plan",  # kế hoạch nông thôn mới nâng cao
    "model_residential_areas",  # khu dân cư kiểu mẫu
    "lost_criteria",  # số tiêu chí bị rớt
    "contribution",  # đóng góp tiền, hiện vật, đất, công sức, bằng đồng
    "income",  # thu nhập, bằng đồng
    "share_of_communes",  # tỷ lệ xã đạt chuẩn
    "average_growth",  # mức tăng tiêu chí bình quân/xã
    "helped_communes",  # số xã được giúp đỡ đạt chuẩn
    "rating",  # mức hoàn thành nhiệm vụ cả giai đoạn
    "years_of_rating",  # số năm hoàn thành xuất sắc nhiệm vụ
    "linkage",  # liên kết tiêu thụ sản phẩm
    "jobs",  # giải quyết việc làm
    "including_criteria",  # trong đó có tiêu chí ...
    "merit",  # thành tích, do người thẩm định đánh giá
]
Relation = Literal["ge", "gt", "le", "lt", "eq", "about_ge", "rank_le", "has", "judged"]
Status = Literal["proposed", "confirmed"]
Year = Annotated[int, Field(ge=1900, le=2200)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Place(_Model):
    """Where the guideline says it: ``item`` is the path of its numbering (III.3.2.1.d), ``source`` the copy's name."""

    item: str
    source: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    quote: str = ""


class Window(_Model):
    """A period of years (giai đoạn), both ends included."""

    first: Year
    last: Year

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.first > self.last:
            raise ValueError(f"giai đoạn {self.first}-{self.last}: năm đầu lớn hơn năm cuối")
        return self


class Test(_Model):
    """One test (tiêu chuẩn). Qualitative ones have relation ``judged`` and their words in ``text``.

    ``value`` is in ``unit``: đồng, tiêu chí, khu, xã, năm, hạng (2 for "cao nhất, nhì"); None where judged or had.
    ``names`` holds named things the test asks for (criteria "Thu nhập"; a plan's decision).
    """

    __test__ = False  # not a test case of pytest

    measure: Measure
    relation: Relation
    value: int | float | None = None
    unit: str | None = None
    cumulative: bool | None = None  # cộng dồn; None: not said
    names: list[str] = []
    text: str = ""

    @model_validator(mode="after")
    def _value_fits(self) -> Test:
        if self.relation in {"ge", "gt", "le", "lt", "eq", "about_ge", "rank_le"} and self.value is None:
            raise ValueError(f"{self.measure}: quan hệ {self.relation} cần một giá trị (value)")
        if self.measure in {"contribution", "income"} and self.unit != "đồng":
            raise ValueError(f"{self.measure}: đơn vị phải là đồng, không phải {self.unit}")
        return self


class Exclusion(_Model):
    """Who was awarded in this period is left out (trừ ... đã được khen thưởng giai đoạn ...), in the clause's words."""

    period: Window
    reach: Literal["dash", "letter", "item", "unsaid"] = "unsaid"
    text: str = ""


class _Confirmable(_Model):
    """What a person confirms; ``by`` and ``on`` are his."""

    status: Status = "proposed"
    by: str | None = None
    on: dt.date | None = None

    @model_validator(mode="after")
    def _somebody_confirmed(self) -> _Confirmable:
        if self.status == "confirmed" and not (self.by and self.on):
            raise ValueError("đã xác nhận (confirmed) thì phải ghi người xác nhận (by) và ngày (on)")
        return self


class Criterion(_Confirmable):
    """One standard for one award and one class of candidates (tiêu chuẩn khen thưởng)."""

    id: str
    award: Award
    award_text: str = ""
    candidate: CandidateClass
    candidate_text: str = ""
    tests: list[Test] = []
    any_or_all: Literal["any", "all", "unsaid"] = "all"
    window: Window | None = None
    exclusions: list[Exclusion] = []
    left_to_units: bool = False  # các đơn vị tự quy định
    place: Place
    quote: str = ""


class RequiredPaper(_Model):
    """A paper of a dossier; ``kind`` as appraise/data/papers.toml names them; ``copies`` None: not said."""

    kind: str
    copies: int | None = Field(default=None, ge=1)
    with_: list[str] = Field(default=[], alias="with")  # kèm theo
    form: str | None = None  # mẫu 07 tại Nghị định ...
    text: str = ""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class DossierSet(_Confirmable):
    """One composition of a dossier (thành phần hồ sơ)."""

    for_: Literal["province", "prime_minister", "farmers_families", "other"] = Field(alias="for")
    text: str = ""
    sets: int | None = None  # số bộ
    papers: list[RequiredPaper] = []
    place: Place

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Deadline(_Confirmable):
    """A date by which something is done; ``inclusive`` None: "trước ngày" does not say."""

    what: str
    date: dt.date
    to: str | None = None
    relation: Literal["before", "until", "on"] = "before"
    inclusive: bool | None = None
    place: Place


class OutlineItem(_Model):
    """A heading that a report should have (đề cương báo cáo)."""

    number: str | None = None
    title: str
    children: list[OutlineItem] = []


class Question(_Confirmable):
    """What the guideline leaves unsaid: raised by a trigger of data/triggers.toml; ``answer`` is a person's."""

    id: str
    trigger: str
    text: str
    default: str
    answer: str | None = None
    criteria: list[str] = []  # ids concerned
    place: Place


class GuidelineField(_Model):
    """A field of the guideline's head, with the copy it was read from and other copies' readings."""

    value: str | None
    raw: str = ""
    source: str = ""
    others: dict[str, str] = {}


class RuleBook(_Model):
    """``rules.yaml``."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    schema_: Literal["sohoa/rules/1"] = Field(default="sohoa/rules/1", alias="schema")
    guideline: dict[str, GuidelineField] = {}  # type, code, date, issuer, subject
    sources: list[str] = []
    criteria: list[Criterion] = []
    dossier_sets: list[DossierSet] = []
    deadlines: list[Deadline] = []
    report_outline: list[OutlineItem] = []
    questions: list[Question] = []
    differences: list[str] = []

    @model_validator(mode="after")
    def _ids_are_unique(self) -> RuleBook:
        ids = [c.id for c in self.criteria] + [q.id for q in self.questions]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"mã trùng nhau: {', '.join(twice)}")
        return self
