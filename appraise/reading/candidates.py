"""Who is proposed: the candidates of a dossier, their mentions in all papers joined over name variants and OCR damage.

``commune`` and ``district`` are given with their kinds ("xã Nà Lĩnh", "huyện Mường Lâm"); ``unit`` is where a person
works, or the village of a family or person. What no paper says is None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from appraise.appraisal import AppraisedCandidate, Evidence
from appraise.dossier import Dossier
from appraise.reading.candidate_classes import class_of
from appraise.reading.candidate_mentions import Mention, find_mentions
from appraise.reading.candidate_places import Home, home_of, home_of_dossier
from appraise.rules import Award
from normalize.folding import fold, name_key

__all__ = ["CandidateGroup", "candidate_groups", "find_candidates"]

_SAME_NAME = 84.0  # of 100: "luong thi thu duyen" and "luong thi thu duven" are 95, other people's names below 80
_NO_NOISE = 93.0
_SAME_PLACE = 70.0
_FOUNDING = 0.65  # a mention less sure than this proposes nobody by itself
_SHORT = 6  # letters: shorter names must be the same
_LEAST_PART = 4  # letters of what is left of a name
_PEOPLE = {"person", "family"}
_COMMUNES = {"commune", "difficult_commune"}
_Row = tuple[int, int]


@dataclass(slots=True)
class CandidateGroup:
    """All mentions of one candidate, in the order found; ``home`` is where he lives as they tell it."""

    mentions: list[Mention]
    homes: list[Home] = field(default_factory=list)

    @property
    def best(self) -> Mention:
        """The mention whose name is shown: the most usual reading of the surest."""
        keys = Counter(name_key(mention.name.core) for mention in self.mentions)
        return max(self.mentions, key=lambda m: (keys[name_key(m.name.core)], m.row is not None, m.confidence))


def find_candidates(dossier: Dossier) -> list[AppraisedCandidate]:
    """Everybody whom lists, summaries, minutes, submissions and reports of the dossier propose, in that order."""
    whole = home_of_dossier(dossier)
    return [_candidate(group, whole) for group in candidate_groups(dossier)]


def candidate_groups(dossier: Dossier) -> list[CandidateGroup]:
    """The mentions of each candidate; rows of one table are never the same one."""
    groups: list[CandidateGroup] = []
    mentions = find_mentions(dossier)
    rows = _rows_of(mentions)
    for mention in mentions:
        home = home_of(mention)
        scored = [(_likeness(group, mention, home), at) for at, group in enumerate(groups)]
        score, at = max(scored, key=lambda item: (item[0], -item[1]), default=(0.0, -1))
        own = groups[at] if score > 0 else _at_same_row(mention, rows, groups)
        if own is not None:
            own.mentions.append(mention)
            own.homes.append(home)
        elif mention.confidence >= _FOUNDING or mention.row is not None or not groups:
            groups.append(CandidateGroup([mention], [home]))
    return groups


def _likeness(group: CandidateGroup, mention: Mention, home: Home) -> float:
    """0 where they are two; else how alike their names are."""
    if any(_beside(mention, other) for other in group.mentions):
        return 0.0
    if any(home.contradicts(other, _SAME_PLACE) for other in group.homes):
        return 0.0
    return max(_same_name(other, mention) for other in group.mentions)


def _at_same_row(mention: Mention, rows: Mapping[int, _Row], groups: Sequence[CandidateGroup]) -> CandidateGroup | None:
    """The candidate whom an earlier table has in the same row, where half of the name was lost: "Lương" of Hòa Lương.

    Summary and minutes repeat the list in its order, so tables with as many rows are of the same candidates.
    """
    own = rows.get(id(mention))
    for group in groups if own is not None else ():
        for other in group.mentions:
            if rows.get(id(other)) == own and other.columns is not mention.columns and _is_part(mention, other):
                return group
    return None


def _rows_of(mentions: Sequence[Mention]) -> dict[int, _Row]:
    """Each mention of a table by its identity: which row it is in, of how many that name somebody."""
    tables: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.columns is not None:
            tables.setdefault(id(mention.columns), []).append(mention)
    return {id(mention): (at, len(table)) for table in tables.values() for at, mention in enumerate(table)}


def _is_part(one: Mention, other: Mention) -> bool:
    if None not in (one.name.class_, other.name.class_) and _sort(one) != _sort(other):
        return False
    mine, theirs = (" ".join(fold(mention.name.printed).split()) for mention in (one, other))
    return min(len(mine), len(theirs)) >= _LEAST_PART and fuzz.partial_ratio(mine, theirs) >= _NO_NOISE


def _beside(one: Mention, other: Mention) -> bool:
    """Two rows of one table propose two candidates; the summary behind a list names those of the list again."""
    same = one.paper.file == other.paper.file and one.paper.span == other.paper.span
    if not same or one.row is None or other.row is None:
        return False
    if one.columns is other.columns or (_has_awards(one) and _has_awards(other)):
        return True  # a list that goes on over the page is two tables
    return fuzz.ratio(_key(one), _key(other)) < _NO_NOISE


def _has_awards(mention: Mention) -> bool:
    return mention.columns is not None and "award" in mention.columns


def _same_name(one: Mention, other: Mention) -> float:
    if _sort(one) != _sort(other):
        # a family and the person at its head: one candidate only where the list has but one of them
        if {one.name.class_, other.name.class_} != _PEOPLE or "achievement_report" not in (
            one.paper.kind,
            other.paper.kind,
        ):
            return 0.0
        return 1.0 if name_key(one.name.core) == name_key(other.name.core) else 0.0
    mine, theirs = _key(one), _key(other)
    if name_key(one.name.core) == name_key(other.name.core):
        return 100.0
    if mine == theirs:
        return 99.0
    if min(len(mine), len(theirs)) < _SHORT:
        return 0.0
    whole = fuzz.ratio(mine, theirs, score_cutoff=_SAME_NAME)
    return whole or (_longer_by_noise(mine, theirs, at_end=_sort(one) not in _PEOPLE) and _SAME_NAME)


def _longer_by_noise(mine: str, theirs: str, *, at_end: bool) -> bool:
    """Whether one name is the other with words too many: a misread title before it, the next column behind it."""
    short, long = sorted((mine.split(), theirs.split()), key=len)
    if len(short) == len(long) or len(short) < (2 if at_end else 3):
        return False
    part = long[: len(short)] if at_end else long[-len(short) :]
    return fuzz.ratio(" ".join(short), " ".join(part)) >= _NO_NOISE


def _sort(mention: Mention) -> str | None:
    return "commune" if mention.name.class_ in _COMMUNES else mention.name.class_


def _key(mention: Mention) -> str:
    folded = " ".join(fold(mention.name.core).split())
    return folded.removeprefix("ban ") if mention.name.class_ == "hamlet" else folded


def _candidate(group: CandidateGroup, whole: Home) -> AppraisedCandidate:
    best = group.best
    homes = [*group.homes, whole]
    if _sort(best) == "commune":
        commune: str | None = best.name.printed_place
    else:
        commune = next((home.commune for home in homes if home.commune), None)
    district = next((home.district for home in homes if home.district), None)
    unit = next((home.unit for home in group.homes if home.unit), None)
    village = next((home.village for home in group.homes if home.village), None)
    if best.name.class_ == "district":
        commune, district = None, best.name.printed_place
    return AppraisedCandidate.model_validate(
        {
            "name": best.name.printed,
            "class": class_of(group.mentions),
            "award": _award(group.mentions),
            "unit": unit or (village if best.name.class_ in _PEOPLE else None),
            "commune": commune,
            "district": district,
            "names_read": list(dict.fromkeys(mention.name.printed for mention in group.mentions)),
            "where": _places(group.mentions),
        }
    )


def _award(mentions: Sequence[Mention]) -> Award | None:
    """The award most mentions ask for; the first of them where as many ask for another."""
    asked = Counter(mention.award for mention in mentions if mention.award is not None)
    return asked.most_common(1)[0][0] if asked else None


def _places(mentions: Sequence[Mention]) -> list[Evidence]:
    return [place for mention in mentions for place in mention.where]
