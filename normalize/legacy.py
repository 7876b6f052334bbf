"""Text in the Vietnamese encodings used before Unicode: TCVN3 (ABC), VNI-Windows, VISCII, VIQR.

Such text comes as Unicode characters that stand for bytes: a program read the bytes as Latin-1 or Windows-1252
(``B¶o Th¾ng``), or a PDF's font named its glyphs so. Sources: TCVN 5712:1993 VN3, VNI-Windows code chart, RFC 1456
(VISCII and VIQR); VISCII checked against glibc's iconv.

TCVN3 has no accented capitals: capitals exist only through the font (``.VnTimeH``), so a heading comes out in lower
case and nothing in the text can tell.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Final

import regex

from normalize.syllables import is_syllable

__all__ = ["LegacyEncoding", "decode_legacy", "guess_legacy"]


class LegacyEncoding(StrEnum):
    """What the characters of a text really are."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    VISCII = "viscii"
    VIQR = "viqr"
    UTF8 = "utf8"  # UTF-8 bytes read as Windows-1252: Viá»‡t


_TCVN3_FROM: Final = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ®¡¢§£¤¥¦"
_TCVN3_TO: Final = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂĐÊÔƠƯ"
_TCVN3: Final = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

_VISCII_LOW: Final = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII_HIGH: Final = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII: Final = str.maketrans(
    {**{chr(k): v for k, v in _VISCII_LOW.items()}, **{chr(0x80 + i): c for i, c in enumerate(_VISCII_HIGH)}}
)

# VNI writes the base letter, then one character for hat or horn and tone together.
_VNI_MARKS: Final = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301",
    "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301",
    "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_MARKS.update({sign.upper(): marks for sign, marks in _VNI_MARKS.items()})
_VNI_SINGLE: Final = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_SINGLES: Final = str.maketrans({**_VNI_SINGLE, **{k.upper(): v.upper() for k, v in _VNI_SINGLE.items()}})
# One pass over pairs and single signs together: ò is a mark in "oø" but the letter ị by itself.
_VNI_LETTER: Final = regex.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}])|[{''.join(map(chr, _VNI_SINGLES))}]")

_VIQR_MARKS: Final = {
    "`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303",
    ".": "\u0323", "^": "\u0302", "(": "\u0306", "+": "\u031b"
}  # fmt: skip
_VIQR_WORD: Final = regex.compile(r"[A-Za-z](?:[A-Za-z]|[\^(+`'?~.](?![\^(+`'?~.]{2}))*")
_VIQR_LETTER: Final = regex.compile(r"([aeiouyAEIOUY])([`'?~.][\^(+]|[\^(+]?[`'?~.]?)|([dD])[dD]")
_VIQR_SIGN: Final = regex.compile(r"[aeou][`'?~.]?[\^(+][`'?~.]?\p{L}|\bdd[aeiou]", regex.IGNORECASE)

_CP1252_GAPS: Final = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_TO_LATIN1: Final = str.maketrans(
    {bytes([code]).decode("cp1252"): chr(code) for code in range(0x80, 0xA0) if code not in _CP1252_GAPS}
)
_UTF8_SEQUENCE: Final = regex.compile(
    "[\xc3-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
)
# Signs of the encodings are punctuation elsewhere (®, ¶, ·) or controls, so words are what lies between these.
_BETWEEN_WORDS: Final = regex.compile(r"""[ \t\r\n\f\d.,;:!?()\[\]"“”/\\–…\-]+""")
_MIN_SIGNS: Final = 3
_SAMPLE: Final = 20_000
# Pages of official text in each encoding: decoded rightly 0.6 to 0.8 of the words score, decoded wrongly or as they
# stand at most 0.2; Unicode text never gains by a decoding.
_MIN_SCORE: Final = 0.3
_MIN_GAIN: Final = 0.15


def decode_legacy(text: str, encoding: LegacyEncoding | str) -> str:
    """Turn a legacy text into Unicode.

    Args:
        text: Characters that stand for the bytes, read as Latin-1 or Windows-1252. Soft hyphens must still be there
            (ư of TCVN3), as must the control characters (capitals of VISCII): decode before anything cleans.
        encoding: What the bytes are.

    Returns:
        The text in NFC; characters that the encoding does not use stay.
    """
    match LegacyEncoding(encoding):
        case LegacyEncoding.TCVN3:
            decoded = text.translate(_TCVN3)
        case LegacyEncoding.VNI:
            decoded = _VNI_LETTER.sub(_vni_letter, text)
        case LegacyEncoding.VISCII:
            decoded = text.translate(_TO_LATIN1).translate(_VISCII)
        case LegacyEncoding.VIQR:
            decoded = _VIQR_WORD.sub(_viqr_word, text)
        case LegacyEncoding.UTF8:
            decoded = _from_utf8(text)
    return unicodedata.normalize("NFC", decoded)


def guess_legacy(text: str) -> LegacyEncoding | None:
    """Find out whether a text is in a legacy encoding, and in which.

    Each encoding is tried; it is the one whose decoded words are syllables with Vietnamese marks far more often than
    those of the text as it stands. Looks at the first 20,000 characters.

    Returns:
        The encoding, or None for Unicode text, plain ASCII, everything else, and texts with fewer than three signs.
    """
    sample = text[:_SAMPLE]
    latin1 = sample.translate(_TO_LATIN1)
    high = sum("\x80" <= c <= "\xff" for c in latin1)
    candidates: list[LegacyEncoding] = (
        [e for e in LegacyEncoding if e is not LegacyEncoding.VIQR] if high >= _MIN_SIGNS else []
    )
    if len(_VIQR_SIGN.findall(sample)) >= _MIN_SIGNS:
        candidates.append(LegacyEncoding.VIQR)
    if not candidates:
        return None
    scores = {encoding: _marked_share(decode_legacy(sample, encoding)) for encoding in candidates}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= _MIN_SCORE and scores[best] >= _marked_share(sample) + _MIN_GAIN else None


def _marked_share(text: str) -> float:
    """Share of the words that are Vietnamese syllables with a mark, 0 without words."""
    words = [w for w in _BETWEEN_WORDS.split(text) if w]
    # A single sign (±, °) is a letter in every encoding, and some of those letters are words.
    marked = sum(len(w) > 1 and not w.isascii() and is_syllable(w) for w in words)
    return marked / len(words) if words else 0.0


def _vni_letter(match: regex.Match[str]) -> str:
    base, mark = match.groups()
    if not base:
        return str(match.group()).translate(_VNI_SINGLES)
    return unicodedata.normalize("NFC", base.translate(_VNI_SINGLES) + _VNI_MARKS[mark])


def _viqr_word(match: regex.Match[str]) -> str:
    """The word decoded if that gives a syllable; a mark at its end may be a full stop or question mark."""
    word = str(match.group())
    for end in (len(word), len(word.rstrip("'?.~`"))):
        decoded = unicodedata.normalize("NFC", _VIQR_LETTER.sub(_viqr_letter, word[:end]))
        if decoded != word[:end] and is_syllable(decoded):
            return decoded + word[end:]
    return word


def _viqr_letter(match: regex.Match[str]) -> str:
    vowel, marks, d = match.groups()
    return ("đ" if d == "d" else "Đ") if d else vowel + "".join(_VIQR_MARKS[m] for m in marks)


def _from_utf8(text: str) -> str:
    """Decode the runs of characters that are UTF-8 sequences; the others stay as shown."""
    latin1 = text.translate(_TO_LATIN1)
    pieces, done = [], 0
    for match in _UTF8_SEQUENCE.finditer(latin1):
        pieces += [text[done : match.start()], match.group().encode("latin-1").decode("utf-8")]
        done = match.end()
    return "".join((*pieces, text[done:]))
