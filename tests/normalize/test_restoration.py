from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.diagnosis import Damage
from normalize.restoration import restore, restore_lines

TRUE = """Ủy ban nhân dân xã đề nghị Hội đồng thi đua khen thưởng huyện xem xét, tặng giấy khen cho các tập thể,
cá nhân có thành tích xuất sắc trong phong trào thi đua xây dựng nông thôn mới.
- Tổ chức tuyên truyền, vận động nhân dân thực hiện các chủ trương của Đảng, chính sách và pháp luật của Nhà nước.
- Báo cáo kết quả thực hiện nhiệm vụ được giao trước ngày 15/11/2021 với số tiền 1.250.000 đồng."""
BROKEN = """Uy ban nhan dan xa dé nghi H6i déng thi dua khen thuéng huyén xem xét, tang giay khen cho cac tap thé,
ca nhan c6 thanh tich xuat sac trong phong trao thi dua xay dyng néng thon méi.
- T6 chirc tuyén truyén, van d6ng nhan dan thyc hién cac cha truong ctia Dang, chinh sach va phap luat cia Nha nuéc.
- Bao cdo két qua thyc hién nhiém vu dugc giao truéc ngay 15/11/2021 véi s6 tién 1.250.000 déng."""
STRIPPED = """Uy ban nhan dan xa de nghi Hoi dong thi dua khen thuong huyen xem xet, tang giay khen cho cac tap the,
ca nhan co thanh tich xuat sac trong phong trao thi dua xay dung nong thon moi.
- To chuc tuyen truyen, van dong nhan dan thuc hien cac chu truong cua Dang, chinh sach va phap luat cua Nha nuoc.
- Bao cao ket qua thuc hien nhiem vu duoc giao truoc ngay 15/11/2021 voi so tien 1.250.000 dong."""


def wrong_words(text: str, true: str) -> int:
    assert len(text.split()) == len(true.split())
    return sum(a != b for a, b in zip(text.split(), true.split(), strict=True))


@pytest.mark.parametrize(("text", "damage"), [(BROKEN, Damage.NO_VIETNAMESE_MODEL), (STRIPPED, Damage.MARKS_STRIPPED)])
def test_damaged_text_becomes_right(text, damage):
    done = restore(text)
    assert done.diagnosis.kind is damage
    assert wrong_words(text, TRUE) > 60
    assert wrong_words(done.text, TRUE) <= 1
    assert [len(line.split()) for line in done.text.splitlines()] == [len(line.split()) for line in TRUE.splitlines()]


def test_capitals_without_marks():
    done = restore("UY BAN NHAN DAN\nCONG HOA XA HQI CHU NGHIA VIET NAM\n", damage=Damage.NO_VIETNAMESE_MODEL)
    assert done.text == "ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"


def test_good_text_is_left_alone():
    assert restore(TRUE).text == TRUE
    assert not restore(TRUE).changes


def test_light_damage_is_mended_and_nothing_else():
    damaged = (
        TRUE.replace("đề nghị", "đê nghị").replace("tuyên truyền", "tuyên truyên").replace("được giao", "đuợc giao")
    )
    done = restore(damaged, damage=Damage.LIGHT)
    assert done.text == TRUE
    assert len([c for c in done.changes if c.applied]) == 3
    assert restore(TRUE, damage=Damage.LIGHT).text == TRUE


@pytest.mark.parametrize(
    "kept",
    [
        "15/11/2021", "1.250.000", "2016-2020", "12,5%", "a@xaphuvan.gov.vn", "https://xaphuvan.gov.vn/tin/2021",
        "Điều", "karaoke", "Windows", "45/BC", "III", "14/5/2019", "3.2.1", "QCVN", "748/HD-SNV",
    ],
)  # fmt: skip
def test_what_must_not_be_touched(kept):
    done = restore(f"Can cir vao {kept} cia Uy ban nhan dan huyén", damage=Damage.NO_VIETNAMESE_MODEL)
    assert kept in done.text.split()


def test_codes_are_repaired_from_the_closed_set():
    done = restore("Quyét dinh s6 31/QD-UBND va 91/2017/NP-CP, 748/HD-SNV", damage=Damage.NO_VIETNAMESE_MODEL)
    assert done.text == "Quyết định số 31/QĐ-UBND và 91/2017/NĐ-CP, 748/HD-SNV"
    assert [c.kind for c in done.changes].count("code") == 2


def test_the_name_of_the_type_tells_two_types_apart():
    done = restore("Theo Hop déng s6 748/HD-XD va Huéng dan s6 748/HD-SNV", damage=Damage.NO_VIETNAMESE_MODEL)
    assert done.text.split()[-1] == "748/HD-SNV"
    assert "748/HĐ-XD" in done.text


@pytest.mark.parametrize(
    ("damaged", "damage", "merges"),
    [
        ("Uy ban nhan dan th uc hien tr ach nhiem", Damage.MARKS_STRIPPED, ["thực", "trách"]),
        ("Uy ban nhan dan th yc hién tr ach nhiém", Damage.NO_VIETNAMESE_MODEL, ["thực", "trách"]),
        ("Ủy ban nhân dân th ực hiện tr ách nhiệm", Damage.LIGHT, ["thực", "trách"]),
    ],
)
def test_words_cut_in_two_are_joined(damaged, damage, merges):
    done = restore(damaged, damage=damage)
    assert done.text == "Ủy ban nhân dân thực hiện trách nhiệm"
    assert [c.new for c in done.changes if c.kind == "merge"] == merges
    assert all(done.source[c.start : c.end] == c.old for c in done.changes)


def test_a_word_cut_at_a_line_end_keeps_the_lines():
    done = restore("các đơn vị tổ chức thực hi-\nện, theo quy định", damage=Damage.LIGHT)
    assert done.text == "các đơn vị tổ chức thực hiện,\ntheo quy định"
    alone = restore("các đơn vị tổ chức thực hi-\nện\ntheo quy định", damage=Damage.LIGHT)
    assert alone.text == "các đơn vị tổ chức thực\nhiện\ntheo quy định"


@pytest.mark.parametrize("joined", ["thựchiện nhiệm vụ", "thựchiệnnhiệm vụ"])
def test_words_run_together_are_cut(joined):
    done = restore(f"Ủy ban nhân dân huyện {joined} được giao", damage=Damage.LIGHT)
    assert done.text == "Ủy ban nhân dân huyện thực hiện nhiệm vụ được giao"
    assert [c.kind for c in done.changes] == ["split"]


def test_a_lone_number_becomes_a_word_only_where_it_must():
    text = "Chi tiéu nay 14 co so dé danh gia két qua. Khoan 14 Diéu 3, ngay 14 thang 5."
    done = restore(text, damage=Damage.NO_VIETNAMESE_MODEL)
    assert "này là cơ sở" in done.text
    assert done.text.endswith("Khoản 14 Điều 3, ngày 14 tháng 5.")


def test_a_second_d_in_a_list_is_d_with_a_bar():
    done = restore("c) Ho gia dinh;\nd) Ca nhan;\nd) Tap the;\ne) Don vi.", damage=Damage.MARKS_STRIPPED)
    assert [line.split()[0] for line in done.text.splitlines()] == ["c)", "d)", "đ)", "e)"]


def test_changes_say_where_and_how_sure():
    done = restore(BROKEN)
    for change in done.changes:
        assert done.source[change.start : change.end] == change.old
        assert 0 <= change.probability <= 1
        assert all(a.text != change.new for a in change.alternatives)
        assert change.kind in {"marks", "letters", "split", "merge", "code"}
    pieces, at = [], 0
    for change in done.changes:
        pieces += [done.source[at : change.start], change.new]
        at = change.end
    assert "".join([*pieces, done.source[at:]]) == done.text


def test_min_probability_leaves_doubt_in_place():
    doubtful = "Ong Tri ban ve viec do\n"
    some = restore(doubtful, damage=Damage.MARKS_STRIPPED, min_probability=0.99)
    assert [c for c in some.changes if not c.applied]
    assert all(c.probability >= 0.99 for c in some.changes if c.applied)
    assert restore(doubtful, damage=Damage.MARKS_STRIPPED, min_probability=1.1).text == doubtful


def test_layout_stays():
    text = BROKEN.replace("\n", "\r\n") + "\r\n\r\n\t  Noi nhan:\f\r\n"
    done = restore(text, damage=Damage.NO_VIETNAMESE_MODEL)
    assert done.text.count("\r\n") == text.count("\r\n")
    assert done.text.endswith("\r\n\r\n\t  Nơi nhận:\f\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "The council of the district shall report to the committee which was elected by the people.",
        "La République est une et les citoyens sont égaux dans la loi",
        "中华人民共和国国务院办公厅文件",
        "\x00\x01\x02binary\xff\xfe",
        "12/3/2019 - 1.500.000",
    ],
)
def test_other_things_are_given_back(text):
    assert restore(text).text == text


def test_legacy_text_is_decoded():
    assert restore("§¶ng bé vµ nh©n d©n x· ®­îc tÆng b»ng khen").text == "Đảng bộ và nhân dân xã được tặng bằng khen"


def test_megabytes_without_spaces_are_no_trouble():
    text = "ab6c" * 250_000  # a search over it would take hours: the time limit of the suite is the test
    assert restore(text, damage=Damage.NO_VIETNAMESE_MODEL).text == text


def test_lines_are_restored_block_by_block():
    lines = (BROKEN + "\n\n").splitlines(keepends=True)
    blocks = list(restore_lines(lines * 120))
    assert len(blocks) > 1
    assert "".join(b.source for b in blocks) == "".join(lines * 120)
    right = sum(b.text.count("phong trào thi đua xây dựng nông thôn mới") for b in blocks)
    assert right >= 119


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.sampled_from([Damage.NO_VIETNAMESE_MODEL, Damage.MARKS_STRIPPED, Damage.LIGHT]))
def test_any_text_survives(text, damage):
    done = restore(text, damage=damage)
    assert done.text.count("\n") == done.source.count("\n")
