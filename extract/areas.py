"""Areas of land: "hiến 1.200 m2 đất", "1,5 ha", "3 sào".

Values are ``{"value", "unit", "relation"}`` in the printed unit (a sào is 360 m² in the North, 500 m² in the Centre: it
is not converted); ``sense`` is ``donated`` where the clause says that the land was given.
"""

from __future__ import annotations

from typing import Any

import regex

from extract.patterns import Found, Pattern, Source
from extract.quantities import NUMBER, START, plain_number, quantity, relation_around

__all__ = ["AREA_GRAMMAR"]

_UNITS = {"ha": "ha", "hecta": "ha", "hec ta": "ha", "héc ta": "ha", "sao": "sào", "km2": "km2", "km²": "km2"}
_PRINTED = {"ha": {"ha"}, "sao": {"sào"}}
_GIVEN = regex.compile(r"\b(?P<word>hien)(?:\s{1,4}\w{1,8}){0,8}?\s{0,4}$")


def _read(source: Source, match: regex.Match[str], rule: str) -> Found | None:
    unit = " ".join(match["unit"].split())
    if unit in _PRINTED and source.text[slice(*match.span("unit"))].lower() not in _PRINTED[unit]:
        return None
    value: dict[str, Any] = {
        "value": plain_number(quantity(match["number"]).value),
        "unit": _UNITS.get(unit, "m2"),
        "relation": relation_around(source.folded, match.start(), match.end()),
    }
    given = _GIVEN.search(source.folded, max(0, match.start() - 60), match.start())
    if given and source.text[slice(*given.span("word"))].lower() == "hiến":
        value["sense"] = "donated"
    return Found("area", value, match.start(), match.end(), rule, 0.95)


def _is(value: float, unit: str, relation: str = "eq", **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, "relation": relation, **more}


AREA_GRAMMAR = (
    Pattern(
        "area",
        rf"{START}(?P<number>{NUMBER})\s{{0,4}}(?P<unit>k?m[2²]|met\s{{1,4}}vuong|ha|hecta|hec\sta|sao)(?!\w)",
        _read,
        (
            ("hiến trên 100m2 đất", _is(100, "m2", "gt", sense="donated")),
            ("29.000 m² đất", _is(29000, "m2")),
            ("1,5 ha", _is(1.5, "ha")),
            ("hiến 1.200 m2 đất làm đường", _is(1200, "m2", sense="donated")),
            ("gia đình đã tự nguyện hiến tặng 350 mét vuông đất", _is(350, "m2", sense="donated")),
            ("khoảng 3 sào ruộng", _is(3, "sào", "about")),
            ("diện tích 8.310,2 km2", _is(8310.2, "km2")),
            ("tổng diện tích hơn 12 hecta", _is(12, "ha", "gt")),
            ("hiện có 250 m2 sân", _is(250, "m2")),
            ("từ 500 m2 trở lên", _is(500, "m2", "ge")),
        ),
        ("khách sạn 5 sao", "12 hạ", "m2", "5 m", "số 12.5.3 ha", "Quyết định số 15/ha"),
    ),
)
