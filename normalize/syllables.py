"""Which words can be Vietnamese syllables: phonotactics and spelling, without a word list.

A written syllable is onset + rhyme + tone. The rhymes (medial, nucleus and coda) are a closed list of some 160; onsets
constrain the spelling (``k`` only before e, ê, i, y; ``gh`` and ``ngh`` only before e, ê, i) and stop codas
(c, ch, p, t) carry only the tones sắc and nặng. Source: Đoàn Thiện Thuật, *Ngữ âm tiếng Việt* (1977); the spelling
rules of Quyết định 240/QĐ (5/3/1984). Both tone placements (hòa, hoà) are accepted, since both are in official use.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

__all__ = ["Syllable", "Tone", "is_bare_syllable", "is_syllable", "parse_syllable", "split_tone"]


class Tone(IntEnum):
    """The six tones, in dictionary order."""

    NGANG = 0
    HUYEN = 1
    HOI = 2
    NGA = 3
    SAC = 4
    NANG = 5


_MARK_TONES: Final = {
    "\u0300": Tone.HUYEN,
    "\u0309": Tone.HOI,
    "\u0303": Tone.NGA,
    "\u0301": Tone.SAC,
    "\u0323": Tone.NANG,
}
_CHECKED: Final = frozenset({Tone.SAC, Tone.NANG})
_STOPS: Final = ("c", "ch", "p", "t")
_VOWELS: Final = frozenset("aăâeêioôơuưy")

_ONSET_LIST: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_PLAIN_LIST: Final = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""
_ROUNDED_LIST: Final = """
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    uân uâng uât uây uê uêch uênh uêt uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
"""
_QU_LIST: Final = "ơ ơi ơn ơt ôc y yên yêt ych ynh yp yt yu"
_ONSETS: Final = tuple(sorted(_ONSET_LIST.split(), key=len, reverse=True))
_FRONT: Final = frozenset("eêiy")
_PLAIN_RHYMES: Final = frozenset(_PLAIN_LIST.split())
_ROUNDED_RHYMES: Final = frozenset(_ROUNDED_LIST.split())
# ec and eng live in a few words and loans (séc, véc, héc, kẻng, xẻng); after the other onsets they are what an English
# model makes of ốc, ồng and ông (déng for đồng, quéc for quốc).
_EC_ENG_ONSETS: Final = frozenset({"", "b", "ch", "h", "k", "l", "m", "ph", "r", "s", "t", "v", "x"})
_BARE_Y_RHYMES: Final = frozenset({"y", "yêm", "yên", "yêng", "yêt", "yêu"})
# y alone as a nucleus is spelled after these only (kỹ, lý, mỹ, sỹ, tỷ, hy; Vy and Thy in names).
_Y_ONSETS: Final = frozenset({"h", "k", "l", "m", "s", "t", "th", "v"})
_LABIALS: Final = frozenset({"b", "m", "p", "ph", "v"})
_LABIAL_ROUNDED: Final = frozenset({"uy", "uyt", "oan", "oay"})  # phuy, buýt, voan, moay-ơ
# After qu the medial is written in the onset already.
_NOT_AFTER_QU: Final = ("iê", "ia", "ec", "eng")
_QU_RHYMES: Final = frozenset(
    [r for r in _PLAIN_RHYMES if r[0] in "aăâeêi" and not r.startswith(_NOT_AFTER_QU)] + _QU_LIST.split()
)
# gi swallows the i of the nucleus: giếng, giêng, giết; gì and gìn keep their only i.
_GI_RHYMES: Final = frozenset(r for r in _PLAIN_RHYMES | {"oa", "oăng", "uân"} if r[0] != "i") | {"êc", "êng", "", "n"}


@dataclass(frozen=True, slots=True)
class Syllable:
    """A parsed syllable, in lower case and without its tone mark.

    Attributes:
        onset: Initial consonants as spelled; empty for ``anh``.
        rhyme: The rest, as spelled.
        tone: Its tone.
    """

    onset: str
    rhyme: str
    tone: Tone

    @property
    def toneless(self) -> str:
        """Onset and rhyme, NFC."""
        return self.onset + self.rhyme


def split_tone(word: str) -> tuple[str, Tone, int]:
    """Take the tone marks off a word.

    Args:
        word: Any word, any case, NFC or NFD.

    Returns:
        The word without tone marks (NFC; hats, horns, breves and bars stay), its tone (the last one when a damaged
        word has several), and the number of tone marks found.
    """
    kept: list[str] = []
    tone, count = Tone.NGANG, 0
    for char in unicodedata.normalize("NFD", word):
        mark = _MARK_TONES.get(char)
        if mark is None:
            kept.append(char)
        else:
            tone, count = mark, count + 1
    return unicodedata.normalize("NFC", "".join(kept)), tone, count


@lru_cache(maxsize=65536)
def parse_syllable(word: str) -> Syllable | None:
    """Parse a word as one Vietnamese syllable.

    Args:
        word: A word without punctuation, any case.

    Returns:
        The syllable, or None when phonotactics or spelling rule it out (``dugc``, ``t6``, ``sở`` spelled ``sợc``).
    """
    if not 0 < len(word) <= 14:
        return None
    lower = unicodedata.normalize("NFC", word).lower()
    toneless, tone, marks = split_tone(lower)
    if marks > 1:
        return None
    found = _split(toneless)
    if found is None:
        return None
    onset, rhyme = found
    if rhyme.endswith(_STOPS) and tone not in _CHECKED:
        return None
    if marks and lower not in {unicodedata.normalize("NFC", form) for form in _placed(onset, rhyme, tone)}:
        return None
    return Syllable(onset, rhyme, tone)


def is_syllable(token: str) -> bool:
    """Whether a token can be a Vietnamese syllable as written, marks and all.

    >>> is_syllable("nghiêng"), is_syllable("hoà"), is_syllable("hòa"), is_syllable("dugc"), is_syllable("cat")
    (True, True, True, False, False)
    """
    return parse_syllable(token) is not None


@lru_cache(maxsize=65536)
def is_bare_syllable(token: str) -> bool:
    """Whether a token can be a syllable whose marks were stripped (``duoc``, ``Quyet``)."""
    return token.lower() in _bare_syllables()


def _split(toneless: str) -> tuple[str, str] | None:
    """Onset and rhyme of a lower-case word without tone, or None."""
    onset = next((o for o in _ONSETS if toneless.startswith(o)), "")
    rhyme = toneless[len(onset) :]
    if onset == "gi":
        if rhyme in _GI_RHYMES:
            return onset, rhyme
        onset, rhyme = "g", "i" + rhyme
        return None if rhyme not in {"ia", "in", "im"} else (onset, rhyme)
    if onset == "qu":
        return (onset, rhyme) if rhyme in _QU_RHYMES else None
    return (onset, rhyme) if rhyme and _fits(onset, rhyme) else None


def _fits(onset: str, rhyme: str) -> bool:
    """Whether the spelling lets this rhyme follow this onset (not gi, not qu)."""
    if not onset:
        return rhyme in _BARE_Y_RHYMES or rhyme in _ROUNDED_RHYMES or (rhyme in _PLAIN_RHYMES and rhyme[:2] != "iê")
    if rhyme == "y":
        return onset in _Y_ONSETS
    front = rhyme[0] in _FRONT
    if onset in {"k", "gh", "ngh"} and not front:
        return False
    if onset in {"c", "g", "ng"} and front:
        return False
    if rhyme in {"ec", "eng"} and onset not in _EC_ENG_ONSETS:
        return False
    if rhyme in _ROUNDED_RHYMES:
        return onset not in _LABIALS or rhyme in _LABIAL_ROUNDED
    return rhyme in _PLAIN_RHYMES


def _placed(onset: str, rhyme: str, tone: Tone) -> tuple[str, ...]:
    """The spellings with the tone mark where old and new orthography put it (they may agree)."""
    mark = next(m for m, t in _MARK_TONES.items() if t is tone)
    if onset == "gi" and not any(c in _VOWELS for c in rhyme):
        return ("gi" + mark + rhyme,)
    vowels = [i for i, c in enumerate(rhyme) if c in _VOWELS]
    hats = [i for i in vowels if rhyme[i] in "êôơăâ"]
    closed = rhyme[-1] not in _VOWELS
    if hats:
        places = [hats[-1]]
    elif closed or len(vowels) == 1:
        places = [vowels[-1]]
    elif len(vowels) == 2:
        places = [vowels[0], vowels[1]] if rhyme in {"oa", "oe", "uy"} else [vowels[0]]
    else:
        places = [vowels[1]]
    return tuple(onset + rhyme[: i + 1] + mark + rhyme[i + 1 :] for i in places)


@lru_cache(maxsize=1)
def _bare_syllables() -> frozenset[str]:
    """Every syllable the rules allow, without any marks: some 2,500 strings."""
    rhymes = _PLAIN_RHYMES | _ROUNDED_RHYMES | _BARE_Y_RHYMES | _QU_RHYMES | _GI_RHYMES
    found = {onset + rhyme for onset in (*_ONSETS, "") for rhyme in rhymes if _split(onset + rhyme)}
    return frozenset(
        "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("đ", "d")
        for word in found
    )
