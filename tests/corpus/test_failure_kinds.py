from __future__ import annotations

import pytest
import regex

from corpus.failure_kinds import failure_kind
from normalize.errors import SohoaError


def _all_classes() -> list[type[SohoaError]]:
    kinds: list[type[SohoaError]] = [SohoaError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return kinds[1:]


@pytest.mark.parametrize("kind", _all_classes())
def test_every_error_has_vietnamese_words(kind: type[SohoaError]) -> None:
    words = failure_kind(kind("").code)
    assert words != failure_kind("no such code")
    for sentence in (words.reason, words.todo):
        assert sentence.endswith(".")
        assert regex.search(r"[ạảấầẩậắặẹẻẽếềểệỉịọỏốồổộớờợụủứừửựỵỷỹđ]", sentence)


def test_a_code_that_nobody_knows_has_words_too() -> None:
    assert failure_kind(None) == failure_kind("?")
    assert failure_kind(None).name == "Lỗi khác"
