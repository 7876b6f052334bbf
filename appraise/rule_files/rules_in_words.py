"""Rules in Vietnamese words and back: what the comments of rules.yaml, the sheet and lists of differences show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from appraise.guideline.phrases import data_file
from appraise.rules import Criterion, Deadline, DossierSet, RequiredPaper, Test, Window

__all__ = [
    "AUDIENCES", "AWARDS", "CLASSES", "MEASURES", "MODES", "REACHES", "RELATIONS", "UNITS",
    "criterion_in_words", "deadline_in_words", "field_name", "number_in_words", "paper_in_words", "paper_names",
    "papers_in_words", "test_in_words", "tests_in_words", "window_in_words",
]  # fmt: skip

AWARDS = {
    "giay_khen": "Giấy khen",
    "bang_khen_tinh": "Bằng khen Chủ tịch UBND tỉnh",
    "bang_khen_thu_tuong": "Bằng khen Thủ tướng Chính phủ",
    "other": "Hình thức khác",
}
CLASSES = {
    "department": "sở, ban, ngành",
    "front_union": "Mặt trận, đoàn thể",
    "district": "huyện, thành phố",
    "commune": "xã",
    "difficult_commune": "xã đặc biệt khó khăn",
    "hamlet": "thôn, khu dân cư",
    "enterprise": "doanh nghiệp, hợp tác xã",
    "family": "gia đình",
    "official": "cán bộ, công chức, viên chức",
    "individual": "cá nhân",
    "worker": "người lao động, nông dân",
    "entrepreneur": "doanh nhân, doanh nghiệp",
    "any": "mọi đối tượng",
}
MEASURES = {
    "new_criteria": "số tiêu chí tăng mới",
    "criteria_reached": "số tiêu chí đạt",
    "commune_standard": "xã đạt chuẩn nông thôn mới",
    "advanced_plan": "kế hoạch nông thôn mới nâng cao",
    "model_residential_areas": "khu dân cư kiểu mẫu",
    "lost_criteria": "số tiêu chí bị rớt",
    "contribution": "giá trị đóng góp",
    "income": "thu nhập",
    "share_of_communes": "tỷ lệ xã đạt chuẩn",
    "average_growth": "mức tăng tiêu chí bình quân/xã",
    "helped_communes": "số xã được giúp đạt chuẩn",
    "rating": "mức hoàn thành nhiệm vụ",
    "years_of_rating": "số năm đạt mức hoàn thành nhiệm vụ",
    "linkage": "liên kết tiêu thụ sản phẩm",
    "jobs": "giải quyết việc làm",
    "including_criteria": "trong đó có tiêu chí",
    "merit": "thành tích",
}
RELATIONS = {
    "ge": "từ … trở lên",
    "gt": "trên",
    "le": "không quá",
    "lt": "dưới",
    "eq": "đúng",
    "about_ge": "tương đương … trở lên",
    "rank_le": "xếp hạng trong",
    "has": "có",
    "judged": "do người thẩm định đánh giá",
}
# Units that a measure's value is written in; the first is the usual one.
UNITS: dict[str, tuple[str, ...]] = {
    "new_criteria": ("tiêu chí",),
    "criteria_reached": ("tiêu chí",),
    "lost_criteria": ("tiêu chí",),
    "model_residential_areas": ("khu",),
    "contribution": ("đồng",),
    "income": ("đồng",),
    "share_of_communes": ("hạng", "%"),
    "average_growth": ("hạng", "tiêu chí"),
    "helped_communes": ("xã",),
    "years_of_rating": ("năm",),
}
AUDIENCES = {
    "province": "trình UBND tỉnh",
    "prime_minister": "trình Thủ tướng Chính phủ",
    "farmers_families": "nông dân, gia đình",
    "other": "khác",
}
MODES = {"any": "một trong", "all": "tất cả", "unsaid": "không ghi"}
REACHES = {"dash": "gạch đầu dòng", "letter": "điểm", "item": "mục", "unsaid": "không ghi rõ"}
_FIELDS = {
    "type": "Loại văn bản",
    "code": "Số, ký hiệu",
    "number": "Số",
    "symbol": "Ký hiệu",
    "date": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "subject": "Trích yếu",
    "signer": "Người ký",
    "place": "Địa danh",
}
_MILLION, _BILLION = 10**6, 10**9


def field_name(key: str) -> str:
    """What a field of the guideline's head is called."""
    return _FIELDS.get(key, key)


def number_in_words(value: float, unit: str | None) -> str:
    """A threshold as a person reads it.

    >>> number_in_words(1_500_000_000, "đồng"), number_in_words(8, "tiêu chí")
    ('1,5 tỷ đồng', '8 tiêu chí')
    """
    if unit == "đồng" and value >= _MILLION:
        size, name = (_BILLION, "tỷ đồng") if value >= _BILLION else (_MILLION, "triệu đồng")
        return f"{value / size:.10g}".replace(".", ",") + f" {name}"
    return f"{value:.10g}".replace(".", ",") + (f" {unit}" if unit else "")


def test_in_words(test: Test) -> str:
    """One test: "giá trị đóng góp từ 400 triệu đồng trở lên, cộng dồn"."""
    measure = MEASURES[test.measure]
    if test.relation == "judged":
        return f"{measure}: người thẩm định đánh giá"
    relation = RELATIONS[test.relation]
    if test.value is not None:
        number = number_in_words(test.value, test.unit)
        relation = relation.replace("…", number) if "…" in relation else f"{relation} {number}"
    said = f"{measure} {relation}" if test.relation != "has" else f"{relation} {measure}"
    names = f" ({', '.join(test.names)})" if test.names else ""
    return said + names + (", cộng dồn" if test.cumulative else "")


test_in_words.__test__ = False  # type: ignore[attr-defined]  # not a test case of pytest


def tests_in_words(tests: Sequence[Test]) -> str:
    """Several tests on one line."""
    return "; ".join(test_in_words(test) for test in tests)


def window_in_words(window: Window | None) -> str:
    """A period of years, empty for none."""
    if window is None:
        return ""
    return str(window.first) if window.first == window.last else f"{window.first}-{window.last}"


def criterion_in_words(criterion: Criterion) -> str:
    """A criterion on one line: award, candidate, tests."""
    what = "các đơn vị tự quy định" if criterion.left_to_units else tests_in_words(criterion.tests)
    return f"{AWARDS[criterion.award]}, {CLASSES[criterion.candidate]}: {what}"


@cache
def paper_names() -> dict[str, str]:
    """What the kinds of papers are called."""
    return {entry["id"]: entry["name"] for entry in data_file("papers.toml")["paper"]} | {"other": "Giấy tờ khác"}


def paper_in_words(paper: RequiredPaper) -> str:
    """A paper with its copies: "Tờ trình đề nghị khen thưởng (01 bản)"."""
    name = paper_names().get(paper.kind, paper.kind)
    return f"{name} ({paper.copies:02d} bản)" if paper.copies else name


def papers_in_words(dossier: DossierSet) -> str:
    """The papers of a set on one line."""
    number = f"{dossier.sets:02d} bộ: " if dossier.sets else ""
    return number + "; ".join(paper_in_words(paper) for paper in dossier.papers)


def deadline_in_words(deadline: Deadline) -> str:
    """When: "trước ngày 31/07/2031"."""
    word = {"before": "trước ngày", "until": "đến hết ngày", "on": "vào ngày"}[deadline.relation]
    return f"{word} {deadline.date:%d/%m/%Y}" + (f", gửi {deadline.to}" if deadline.to else "")
