"""Posts of signers (chức vụ), a closed list: known in lines whose letters a seal tore, changed or covered."""

from __future__ import annotations

from functools import cache

import regex
from rapidfuzz.distance import OSA

from extract.word_lists import folded_alternatives, phrases_by_key

__all__ = ["RESTS_OF_PHO", "begins_post", "deputy_of", "near_post", "post_at", "posts_around"]

_INCOMPLETE = {"truong", "pho", "quyen", "dai dien", "dd", "thuong truc"}
_LONG = 7  # letters; shorter posts are near too many other words
_LEAST_TORN = 4  # letters that are left of a short post
_LETTERS_A_SLIP = 5  # one letter in five may be wrong: "CHỦYICH", "GLAM ĐOC", "HIỆU TRƯỜN"
RESTS_OF_PHO = ("ho", "o", "ph", "p")  # what seals leave of PHÓ; the rest of the line is then the chief's post
_DEPUTIES = {"bo truong": "thu truong"}


@cache
def _posts() -> regex.Pattern[str]:
    words = folded_alternatives(phrases_by_key("posts.txt"), spaces=r"\s{0,2}")
    return regex.compile(rf"(?:{words})(?![a-z])")


@cache
def _squeezed() -> dict[str, str]:
    """Posts by their letters alone, long ones only."""
    by_letters = {key.replace(" ", ""): post for key, post in phrases_by_key("posts.txt").items()}
    return {letters: post for letters, post in by_letters.items() if len(letters) >= _LONG}


@cache
def _without_first() -> dict[str, str]:
    """Short posts by their letters but for the first, where no other post has the same: "HƯ KÝ", "HỦ QUỸ"."""
    by_letters: dict[str, list[str]] = {}
    for key, post in phrases_by_key("posts.txt").items():
        letters = key.replace(" ", "")
        if _LEAST_TORN < len(letters) < _LONG and key not in _INCOMPLETE:  # a seal's (T)RƯỜNG, (H)UYỆN
            by_letters.setdefault(letters[1:], []).append(post)
    return {letters: posts[0] for letters, posts in by_letters.items() if len(posts) == 1}


def begins_post(folded: str) -> bool:
    """True for a title; "trưởng" or "phó" alone is the rest of one that a seal covers."""
    match = _posts().match(folded)
    return match is not None and not (match.group() in _INCOMPLETE and match.end() == len(folded.rstrip()))


def post_at(folded: str) -> str | None:
    """The post, as the list writes it, that folded text begins with."""
    match = _posts().match(folded)
    return phrases_by_key("posts.txt").get(" ".join(match.group().split())) if match else None


def near_post(folded: str, printed: str = "") -> str | None:
    """The one post that a whole line is, but for one letter in five or letters torn apart.

    Of several as near, the nearest to what is ``printed``, marks and all: "SỘ TRƯỞNG" is no TỔ TRƯỞNG.
    """
    letters = "".join(char for char in folded if char.isalpha())
    if letters in _squeezed():
        return _squeezed()[letters]
    if letters in _without_first():
        return _without_first()[letters]
    chiefs = (_squeezed().get(letters.removeprefix(rest)) for rest in RESTS_OF_PHO if letters.startswith(rest))
    deputy = next((deputy for chief in chiefs if chief and (deputy := deputy_of(chief))), None)
    if deputy is not None:
        return deputy
    slips = {post: OSA.distance(letters, key) for key, post in _squeezed().items()}
    least = min(slips.values())
    near = [post for post, slip in slips.items() if slip == least and slip <= max(1, len(letters) // _LETTERS_A_SLIP)]
    if len(near) > 1 and printed:
        slips = {post: OSA.distance(printed.lower(), post.lower()) for post in near}
        near = [post for post in near if slips[post] == min(slips.values())]
    return near[0] if len(near) == 1 else None


def deputy_of(post: str) -> str | None:
    """Who signs "KT." for a chief: PHÓ GIÁM ĐỐC for the GIÁM ĐỐC, THỨ TRƯỞNG for the BỘ TRƯỞNG."""
    key = next((key for key, name in phrases_by_key("posts.txt").items() if name == post), None)
    return phrases_by_key("posts.txt").get(_DEPUTIES.get(key, f"pho {key}")) if key else None


def posts_around(printed: str) -> list[str]:
    """Posts that begin or end with the words printed, marks and all: a seal's TRƯỜNG is no TRƯỞNG."""
    part = " ".join(printed.lower().split())
    end, start = f" {part}", f"{part} "
    return [post for small, post in _in_small_letters() if small.endswith(end) or small.startswith(start)]


@cache
def _in_small_letters() -> tuple[tuple[str, str], ...]:
    return tuple((post.lower(), post) for post in phrases_by_key("posts.txt").values())
