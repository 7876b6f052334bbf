from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import legacy
from normalize.legacy import LegacyEncoding, decode_legacy, guess_legacy

TEXT = (
    "Ủy ban nhân dân xã Phù Vân báo cáo kết quả thực hiện phong trào xây dựng nông thôn mới; "
    "đề nghị cấp trên xét tặng thưởng cho mười hai hộ gia đình."
)


def encoded(text: str, encoding: LegacyEncoding) -> str:
    """What a program shows that reads the bytes of a legacy text as Windows-1252."""
    match encoding:
        case LegacyEncoding.TCVN3:
            table = dict(zip(legacy._TCVN3_TO, legacy._TCVN3_FROM, strict=True))
            return "".join(table.get(c, table.get(c.lower(), c)) for c in text)
        case LegacyEncoding.VISCII:
            table = {letter: chr(code) for code, letter in legacy._VISCII.items()}
            return "".join(table.get(c, c) for c in text).encode("latin-1").decode("cp1252")
        case LegacyEncoding.UTF8:
            return text.encode().decode("latin-1")
        case LegacyEncoding.VIQR:
            signs = {mark: sign for sign, mark in legacy._VIQR_MARKS.items()}
            plain = text.replace("đ", "dd").replace("Đ", "DD")
            return "".join(signs.get(c, c) for c in unicodedata.normalize("NFD", plain))
        case LegacyEncoding.VNI:
            return _vni(text)


def _vni(text: str) -> str:
    table = {v: chr(k) for k, v in legacy._VNI_SINGLES.items()}
    for base in "aeouyôöAEOUYÔÖ":
        letter = base.translate(legacy._VNI_SINGLES)
        for sign, marks in legacy._VNI_MARKS.items():
            composed = unicodedata.normalize("NFC", letter + marks)
            if len(composed) == 1 and sign.isupper() == base.isupper():
                table.setdefault(composed, base + sign)
    return "".join(table.get(c, c) for c in text)


@pytest.mark.parametrize(
    ("text", "encoding", "wanted"),
    [
        ("B¶o Th¾ng", "tcvn3", "Bảo Thắng"),
        ("§¶ng bé, nh©n d©n, l­u tr÷", "tcvn3", "Đảng bộ, nhân dân, lưu trữ"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("UÛY BAN NHAÂN DAÂN, ñöôïc", "vni", "ỦY BAN NHÂN DÂN, được"),
        ("Vi®t Nam \x02", "viscii", "Việt Nam Ẳ"),
        ("Co^.ng ho`a xa~ ho^.i. DDu+o+.c?", "viqr", "Cộng hòa xã hội. Được?"),
        ("Viá»‡t Nam", "utf8", "Việt Nam"),
    ],
)
def test_decode(text, encoding, wanted):
    assert decode_legacy(text, encoding) == wanted


@pytest.mark.parametrize("encoding", list(LegacyEncoding))
def test_round_trip_and_guess(encoding):
    text = TEXT if encoding is not LegacyEncoding.TCVN3 else TEXT[0].lower() + TEXT[1:]
    shown = encoded(text, encoding)
    assert guess_legacy(shown) is encoding
    assert decode_legacy(shown, encoding) == text


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        "",
        "ISO 9001:2015",
        "Le Conseil a été reçu à l'Hôtel de Ville; côté cœur, déjà vu.",
        "© 2020 ® ±5 °C §3",
    ],
)
def test_no_guess_for_other_texts(text):
    assert guess_legacy(text) is None


def test_guess_survives_unicode_quotes():
    assert guess_legacy("“" + encoded(TEXT, LegacyEncoding.TCVN3) + "”") is LegacyEncoding.TCVN3


@given(st.text(max_size=80), st.sampled_from(list(LegacyEncoding)))
def test_any_text_decodes_to_nfc(text, encoding):
    assert unicodedata.is_normalized("NFC", decode_legacy(text, encoding))
    guess_legacy(text)
