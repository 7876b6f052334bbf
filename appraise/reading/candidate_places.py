"""Where a candidate lives or works, as printed beside the name and in the head of the papers."""

from __future__ import annotations

from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from appraise.dossier import Dossier
from appraise.reading.candidate_mentions import Mention
from appraise.reading.lost_spaces import respaced
from normalize.folding import fold, fold_aligned

__all__ = ["Home", "home_in", "home_of", "home_of_dossier"]

_NAME = r"(?P<name>(?:số\s)?[\p{Lu}\d][\p{L}\p{M}\d'’.\-]{0,12}(?:\s{1,2}\.?[\p{Lu}\d][\p{L}\p{M}\d'’\-]{0,12}){0,4})"
_VILLAGE = regex.compile(
    rf"\b(?P<kind>th[oô]n|b[aả]n|x[oó]m|[aấ]p|bu[oô]n|l[aà]ng|kh[oố]i phố|khu phố|"
    rf"t[oổ] dân phố|khu dân cư|khu|khối)\s?{_NAME}",
    regex.I,
)
_COMMUNE = regex.compile(rf"\b(?P<kind>(?<!t[aá]c\s{{1,3}})x(?:ã|a(?=\s))|phường|thị trấn)\s?{_NAME}", regex.I)
_DISTRICT = regex.compile(rf"\b(?P<kind>huyện|thành phố|thị xã|quận|TP\.?)\s?{_NAME}", regex.I)
_UNIT = regex.compile(
    r"\b(?P<unit>(?:UBND|HĐND|Ủy ban nhân dân|Sở|Phòng|Chi cục|Cục|Trung tâm|Trường|Trạm|Văn phòng|Ban|"
    r"Công ty|Hợp tác xã|HTX|Hội|Đoàn|Đảng ủy)\s[^,;()]{2,80})"
)
_KINDS = {"tp": "thành phố", "tp.": "thành phố", "xa": "xã", "thon": "thôn", "ban": "bản", "xom": "xóm", "lang": "làng"}
# Offices head their papers in capitals, so the case of the name says nothing there.
_HEAD = {
    "commune": regex.compile(
        r"\b(?P<kind>(?<!tác\s{1,3})xã|phường|thị trấn)\s{1,3}(?P<name>[^,;\-–()]{2,40})$", regex.I
    ),
    "district": regex.compile(r"\b(?P<kind>huyện|thành phố|thị xã|quận)\s{1,3}(?P<name>[^,;\-–()]{2,40})$", regex.I),
}
_PROPOSERS = ("submission", "list", "minutes", "summary", "achievement_report")


@dataclass(frozen=True, slots=True)
class Home:
    """Places with their kinds ("thôn Nà Mò", "xã Nà Lĩnh"); None: not said."""

    village: str | None = None
    commune: str | None = None
    district: str | None = None
    unit: str | None = None

    def contradicts(self, other: Home, same: float) -> bool:
        """Whether both name a place of one kind, and two different ones."""
        pairs = ((self.village, other.village), (self.commune, other.commune), (self.district, other.district))
        return any(mine and theirs and _differ(_bare(mine), _bare(theirs), same) for mine, theirs in pairs)


def home_in(text: str) -> Home:
    """The places that words beside a name give."""
    text = respaced(text)
    unit = _UNIT.search(text)
    return Home(
        _first(_VILLAGE, text), _first(_COMMUNE, text), _first(_DISTRICT, text), unit["unit"].strip() if unit else None
    )


def home_of(mention: Mention) -> Home:
    """Where a mention says that its candidate lives or works."""
    home = home_in(mention.detail)
    if mention.name.class_ == "hamlet":
        return Home(None, home.commune, home.district, None)
    if mention.name.class_ in {"commune", "difficult_commune", "district"}:
        return Home(None, None, home.district, None)
    return home


def home_of_dossier(dossier: Dossier) -> Home:
    """Commune and district of who sent the dossier: heads of its papers, then the addressee of the submission."""
    commune = district = None
    for kind in _PROPOSERS:
        for paper in dossier.by_kind.get(kind, ()):
            document = paper.record.document
            for organ in (document.issuer, document.parent_organ):
                said = " ".join(str(organ.value).split()) if organ is not None and organ.value else ""
                commune = commune or _of_head("commune", said)
                district = district or _of_head("district", said)
            for addressee in document.addressees:
                district = district or _of_head("district", " ".join(str(addressee.raw).split()).strip(" .;,-"))
    return Home(commune=commune, district=district)


def _of_head(level: str, organ: str) -> str | None:
    match = _HEAD[level].search(organ)
    if match is None:
        return None
    name = match["name"].strip()
    shown = " ".join(word.capitalize() for word in name.split()) if name.isupper() else name
    return f"{match['kind'].lower()} {shown}"


def _first(pattern: regex.Pattern[str], text: str) -> str | None:
    match = next(
        (
            found
            for found in pattern.finditer(text)
            if found["name"][:1].isupper() or found["name"][:1].isdigit() or found["name"].startswith("số")
        ),
        None,
    )
    if match is None:
        return None
    kind = match["kind"].lower()
    return f"{_KINDS.get(fold(kind) if kind.isascii() else kind, kind)} {match['name'].replace('.', '')}"


def _differ(mine: str, theirs: str, same: float) -> bool:
    """Two names, neither of which is the other cut off at the end of its line ("xã Bản" of "xã Bản Khoang")."""
    short, long = sorted((mine.split(), theirs.split()), key=len)
    return long[: len(short)] != short and fuzz.ratio(mine, theirs) < same


def _bare(place: str) -> str:
    """The proper name, folded: "thôn Phai Cáy" and "Phai Cay" are one."""
    words = fold_aligned(place).split()
    return " ".join(words[1:] if len(words) > 1 else words)
