"""Items of a guideline: paths, own words, places."""

from __future__ import annotations

from tests.appraise.guidelines import read

TEXT = """HƯỚNG DẪN
Khen thưởng phong trào thi đua

III. TIÊU CHUẨN

1. Tiêu chuẩn

1.1. Bằng khen

1.1.1. Đối với tập thể:

a) Các xã:

- Tăng từ 5 tiêu chí trở lên.

- Không nợ đọng.
\fCó khu dân cư kiểu mẫu.

* Riêng xã vùng cao:

- Tăng từ 3 tiêu chí trở lên.

b) Các thôn.

IV. HỒ SƠ

1. Tờ trình./.

Nơi nhận:
- Như trên.
"""


def test_paths_words_and_pages():
    guideline = read(TEXT)
    paths = {item.path: guideline.words_of(item) for item in guideline.walk()}
    assert paths["III.1.1.1.a.-1"] == "Tăng từ 5 tiêu chí trở lên."
    assert paths["III.1.1.1.a.-2"] == "Không nợ đọng. Có khu dân cư kiểu mẫu."
    assert paths["III.1.1.1.a.*1.-1"] == "Tăng từ 3 tiêu chí trở lên."
    assert paths["III.1.1.1.b"] == "Các thôn."
    assert paths["IV.1"].startswith("Tờ trình")
    assert "Nơi nhận" not in paths["IV.1"]
    pages = {item.path: guideline.place(item).page for item in guideline.walk()}
    assert (pages["III.1.1.1.a.-2"], pages["III.1.1.1.b"]) == (1, 2)


def test_what_stands_above_and_at_an_offset():
    guideline = read(TEXT)
    item = guideline.item_at(TEXT.index("vùng cao"))
    assert item is not None
    assert [above.path for above in guideline.above(item)] == ["III.1.1.1.a", "III.1.1.1", "III.1.1", "III.1", "III"]
