"""A candidate's name as a paper has it, taken apart: what kind of candidate, the proper name, what stands behind it.

>>> read = read_name("Hộ gia đình ông Nông Hữu Vượng, thôn Phai Cáy")
>>> read.class_, read.core, read.rest
('family', 'Nông Hữu Vượng', 'thôn Phai Cáy')
>>> read_name("Nhân dân và cán bộ xã Nà Lĩnh").core
'Nà Lĩnh'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from appraise.guideline.phrases import data_file
from appraise.reading.lost_spaces import respaced
from extract.person_words import FAMILY_NAMES
from normalize.folding import fold_aligned

__all__ = ["NameRead", "class_of_post", "class_of_section", "read_name"]

_LEAD = regex.compile(r"[^\p{L}\d]{0,8}")
_NOISE = regex.compile(r"\S{1,2}\s{1,3}")  # what an engine makes of a rule before the name: "CA Nhân dân"
_REST = regex.compile(
    r"\s{0,3}(?:[,;:(|\n]|\s[-–]\s|\.\s)\s{0,3}|\s{0,3}(?=\b(?:th[oô]n|x[aã]|b[aả]n|x[oó]m|kh[uố]|t[oổ]|huy[eệ]n|[Tt]rú|sinh)\s?\p{Lu})"
    r"|\s{1,3}v(?:à|a)\s(?=(?:bà|ông|vợ|chồng|gia đình)\s)"
    r"|\s{1,3}(?=(?:ch[uủ] t[iị]ch|ph[oó]|b[ií] th[uư]|tr[uư][oở]ng|gi[aá]m [dđ][oố]c|c[oô]ng ch[uứ]c|c[aá]n b[oộ])\s)"
)
_REST_OF_ORGAN = regex.compile(r"\s{0,3}[,;(|]\s{0,3}|\s[-–]\s")
_REST_OF_PLACE = regex.compile(
    r"\s{0,3}[,;(|]\s{0,3}|\s[-–]\s|\s{1,3}(?=(?:thuộc\s|của\s)?(?:xã|huyện|thị trấn|phường|tỉnh)\s{0,2}\p{Lu})"
)
_SMALL_WORD = regex.compile(r"(?<=\S)\s{1,3}(?=\p{Ll})")  # "Xã Nà Lĩnh nằm ở ..."
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_MOST_WORDS_OF_A_PERSON = 6
_MOST_WORDS_OF_A_SECTION = 12
_PEOPLE = {"person", "family"}
_PLACES = {"commune", "difficult_commune", "district", "hamlet"}
_LEAST_LETTERS = 4
_NEARLY = 85.0  # of 100
_SHORTEST_OPENING, _LONGEST_OPENING = 6, 60
_PLACE_KIND = regex.compile(r"\b(?P<kind>\w{2,6})\s{1,3}(?=\w)")
_PLACE_KINDS = {"xa": "commune", "huyen": "district", "thon": "hamlet"}
_FIRST_WORD = regex.compile(r"(?P<word>\w{2,4})\s{1,3}")
_SECOND_SYLLABLES = {"tran", "pho"}  # thị trấn, thành phố
_FAMILIES = "|".join(sorted(FAMILY_NAMES, key=len, reverse=True))
_FAMILY = regex.compile(rf"(?:{_FAMILIES})(?:\s\p{{Lu}}\p{{L}}{{0,8}}){{1,4}}(?!\p{{L}})")


@dataclass(frozen=True, slots=True)
class NameRead:
    """``class_``: of data/candidate_names.toml, also "person" and "none"; None where nothing tells it."""

    printed: str
    class_: str | None
    core: str
    rest: str
    honorific: str = ""

    @property
    def printed_place(self) -> str:
        """The unit that a collective is: "xã Nà Lĩnh" of "Nhân dân và cán bộ xã Nà Lĩnh"."""
        before = self.printed[: len(self.printed) - len(self.core)].split()
        name = " ".join(w.capitalize() for w in self.core.split()) if self.core.isupper() else self.core
        kind = " ".join(
            before[-2:] if before and fold_aligned(before[-1]) in _SECOND_SYLLABLES else before[-1:]
        ).lower()
        return f"{kind} {name}".strip().replace(" .", " ")


@dataclass(frozen=True, slots=True)
class _Opening:
    class_: str
    pattern: regex.Pattern[str]


def read_name(text: str, section: str | None = None) -> NameRead | None:
    """What a cell or line names; None where it names nobody.

    Args:
        text: As read, behind the name perhaps a village, a post, an organ.
        section: Class that the section of the list gives, as :func:`class_of_section`.
    """
    line = respaced(" ".join(text.split()))
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    opened = _opened(line, start)
    noise = _NOISE.match(line, start)
    if opened is None and noise is not None:
        opened = _opened(line, noise.end())
        start = noise.end() if opened is not None else start
    opened = opened or _opened_nearly(line, start, section)
    class_, body = opened or (None, start)
    honorific = ""
    if class_ is not None and class_ not in _PEOPLE | _PLACES:
        body = start  # known by its whole name: "Hợp tác xã Phai Cáy", "Hội Nông dân huyện"
    if class_ in _PEOPLE:
        honorific, body = _honorific(line, start, body)
        opened = class_, body
    elif class_ is None and section in {"person", "family", "official", "worker", "entrepreneur"}:
        class_ = "family" if section == "family" else "person"
    elif class_ is None and _FAMILY.match(line, body):
        class_ = "person"
    rest = _rest(line, opened[1] if opened else body, class_)
    if class_ in _PLACES and (sentence := _SMALL_WORD.search(line, body, rest.start() if rest else len(line))):
        rest = sentence
    core = line[body : rest.start() if rest else len(line)].strip(" .,;:-–*'\"")
    words = _WORD.findall(core)
    if class_ in _PEOPLE and not 1 < len(words) <= _MOST_WORDS_OF_A_PERSON:
        return None
    if class_ in _PLACES and not (core[:1].isupper() or core[:1].isdigit() or fold_aligned(core).startswith("so ")):
        return None  # "bản thân", "xã đã"
    if class_ not in _PLACES and len("".join(words)) < _LEAST_LETTERS:
        return None
    printed = line[start : rest.start() if rest else len(line)].strip(" .,;:-–*'\"")
    behind = line[rest.end() :] if rest else ""
    return NameRead(printed, class_, " ".join(words) if class_ in _PEOPLE else core, behind.strip(" .,;()"), honorific)


def _rest(line: str, body: int, class_: str | None) -> regex.Match[str] | None:
    """Where the name ends: at a comma or bracket, before a village or a post printed without one."""
    if class_ in _PEOPLE or class_ is None:
        return _REST.search(line, body)
    return (_REST_OF_PLACE if class_ in _PLACES else _REST_OF_ORGAN).search(line, body)


def _opened(line: str, start: int) -> tuple[str, int] | None:
    """The class that the longest opening at ``start`` gives, and where the proper name begins."""
    folded = fold_aligned(line)
    best: tuple[str, int] | None = None
    for opening in _openings():
        match = opening.pattern.match(folded, start)
        if match is None or not _as_printed(line, match):
            continue
        if best is None or match.end() > best[1]:
            best = (opening.class_, match.end())
    return best


def _opened_nearly(line: str, start: int, section: str | None) -> tuple[str, int] | None:
    """The same where a letter of the opening was misread: "Nhân dân và cán aộ xã ...", in a section "Toôn", "Ôeg"."""
    folded = fold_aligned(line)
    for kind in _PLACE_KIND.finditer(folded, start, start + _LONGEST_OPENING):
        before = " ".join(folded[start : kind.start()].split())
        place = next((known for known in _PLACE_KINDS if _is_misread(kind["kind"], known)), None)
        if place is None or len(before) < _SHORTEST_OPENING:
            continue
        if any(fuzz.ratio(before, phrase) >= _NEARLY for phrase in data_file("candidate_names.toml")["collective"]):
            return _PLACE_KINDS[place], kind.end()
    first = _FIRST_WORD.match(folded, start)
    if first is None or section is None:
        return None
    near = {"collective": (("thon", "hamlet"),), "person": (("ong", "person"), ("ba", "person"))}.get(section, ())
    word = first["word"]
    return next(
        ((class_, first.end()) for known, class_ in near if len(word) == len(known) and _is_misread(word, known)), None
    )


def _is_misread(word: str, known: str) -> bool:
    """Whether a folded word may be a known one with a letter misread or lost; "xa" has none to spare."""
    return word == known or (len(known) > len("xa") and Levenshtein.distance(word, known) <= 1)


def _as_printed(line: str, match: regex.Match[str]) -> bool:
    word = match["kind"].split()[0]
    allowed = _printed().get(word)
    shown = line[match.start("kind") : match.start("kind") + len(word)].lower()
    if allowed is None or len(match["kind"].split()) > 1 or shown in allowed:
        return True
    return word == "ban" and "none" in match.groupdict()


def _honorific(line: str, start: int, body: int) -> tuple[str, int]:
    """Further words before a person's name: "ông (bà)" behind "Hộ gia đình"."""
    folded = fold_aligned(line)
    match = _honorifics().match(folded, body)
    end = match.end() if match else body
    return line[start:end].strip(), end


@cache
def _openings() -> tuple[_Opening, ...]:
    data = data_file("candidate_names.toml")
    before = "|".join(_spaced(phrase) for phrase in sorted(data["collective"], key=len, reverse=True))
    openings = []
    for entry in data["class"]:
        kind = "|".join(_spaced(name) for name in sorted(entry["names"], key=len, reverse=True))
        lead = rf"(?:(?:{before})[\s,]{{0,3}})?" if entry.get("collective") else ""
        marker = r"(?P<none>)" if entry["id"] == "none" else ""
        gap = r"[\s.:]{1,3}" if not entry.get("collective") else r"[\s.:]{0,3}(?=\w)"
        openings.append(_Opening(entry["id"], regex.compile(rf"{lead}{marker}(?P<kind>{kind})\b(?!\s{{0,3}}$){gap}")))
    return tuple(openings)


@cache
def _honorifics() -> regex.Pattern[str]:
    names = data_file("candidate_names.toml")["honorifics"]
    return regex.compile(
        rf"(?:\(?(?:{'|'.join(_spaced(name) for name in sorted(names, key=len, reverse=True))})\)?[\s.:]{{1,3}}){{1,2}}"
    )


@cache
def _printed() -> Mapping[str, frozenset[str]]:
    return {
        word: frozenset({word} if word != "ban" else ()) | set(forms)
        for word, forms in data_file("candidate_names.toml")["printed"].items()
    }


def _spaced(phrase: str) -> str:
    return r"[\s,/\-]{0,3}".join(regex.escape(word) for word in phrase.split())


def class_of_section(text: str) -> str | None:
    """What the section of a list says of the class of its rows ("II. Cá nhân"); None where it is no such section."""
    words = regex.sub(r"[^a-z ]+", " ", fold_aligned(text)).split()
    while words and regex.fullmatch(r"[ivxhl]{1,4}|[a-d]", words[0]):
        words = words[1:]
    said = " ".join(words)
    named = [
        (len(name), str(section["id"]))
        for section in data_file("candidate_names.toml")["section"]
        for name in section["names"]
        if said.replace(" ", "") == name.replace(" ", "")
        or (said.startswith(f"{name} ") and len(words) <= _MOST_WORDS_OF_A_SECTION)
    ]
    return max(named)[1] if named else None


def class_of_post(text: str) -> str | None:
    """official, entrepreneur, worker or individual, as a person's post tells it; None where it does not."""
    said = f" {' '.join(regex.sub(r'[^a-z0-9]+', ' ', fold_aligned(text)).split())} "
    for post in data_file("candidate_names.toml")["post"]:
        if any(f" {name} " in said for name in post["names"]):
            return str(post["id"])
    return None
