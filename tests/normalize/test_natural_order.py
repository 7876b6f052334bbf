from __future__ import annotations

from normalize.natural_order import natural_key


def test_figures_by_value_capitals_or_not():
    names = ["b", "10", "a2", "a10", "2", "a", "A2b", "a/10", "a/9"]
    assert sorted(names, key=natural_key) == ["2", "10", "a", "a/9", "a/10", "a2", "A2b", "a10", "b"]


def test_nfc_and_nfd_stand_side_by_side():
    composed, decomposed = "xã 2", "xa\u0303 2"
    assert natural_key(composed)[0] == natural_key(decomposed)[0]
