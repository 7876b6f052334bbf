"""What the shipped model must not hold, and how it is built."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import normalize
from normalize.restoration.channel import Case, Channel
from normalize.restoration.codes import repair_abbreviation, repair_code
from normalize.restoration.language import LanguageModel, State
from normalize.restoration.report import HTML_END, changes_of, html_begin, html_rows
from normalize.restoration.restoring import restore
from normalize.restoration.tokens import Kind, lm_words, tokenize

MODELS = Path(normalize.__file__).parent / "models"


@pytest.fixture(scope="module")
def model():
    return LanguageModel(MODELS / "language.npz")


def test_size_is_within_bounds():
    sizes = [path.stat().st_size for path in MODELS.iterdir()]
    assert max(sizes) < 20e6
    assert sum(sizes) < 25e6


def test_no_numbers_and_no_personal_names_in_the_model(model):
    assert not [w for w in model.words if any(c.isdigit() for c in w)]
    # A surname followed by a middle and a given name is a person; after the classes none is left in the trigrams.
    number = model.number
    people = [("nguyễn", "văn", "hùng"), ("trần", "thị", "lan"), ("lê", "văn", "tám"), ("nguyễn", "thị", "hoa")]
    for person in people:
        state = State.start(1)
        for word in person:
            _, state = model.step(state, np.array([number[word]]))
        assert state.triple[0] == -1, person


def test_probabilities_sum_to_one(model):
    words = np.arange(len(model.words))
    for history in ([], ["ủy", "ban"], ["ủy", "ban", "nhân"], ["<num>", "của"]):
        state = State.start(1)
        for word in history:
            _, state = model.step(state, np.array([model.number[word]]))
        logp, _ = model.step(state.take(np.zeros(len(words), np.int64)), words)
        assert np.exp(logp).sum() == pytest.approx(1.0, abs=0.06)  # stored in steps of 8 %


def test_the_model_knows_the_language(model):
    state = State.start(1)
    for word in ("ủy", "ban", "nhân"):
        _, state = model.step(state, np.array([model.number[word]]))
    logp, _ = model.step(state, np.array([model.number["dân"]]))
    assert logp[0] > np.log(0.9)


def test_histories_are_those_that_stepping_leads_to(model):
    text = ["ủy", "ban", "nhân", "dân", "xã", "<num>", "và", "ủy", "ban", "nhân", "dân", "huyện", "của"]
    words = np.array([model.number[word] for word in (*text, *text[:5])])
    begins = np.array([0] * len(text) + [len(text)] * 5)
    found = model.histories(words, begins)
    for start, end in ((0, len(text)), (len(text), len(words))):
        state = State.start(1)
        for at in range(start, end):
            assert (found.word[at], found.pair[at], found.triple[at]) == (state.word[0], state.pair[0], state.triple[0])
            _, state = model.step(state, words[at : at + 1])
    assert found.triple.max() > 0


def test_channel_finds_the_syllable(model):
    channel = Channel(MODELS / "channel-eng.npz", model.words)
    for read, true, case in (
        ("dugc", "được", Case.LOWER),
        ("chirc", "chức", Case.LOWER),
        ("NGHIEP", "nghiệp", Case.UPPER),
    ):
        rows, likely = channel.likelihood(read, case)
        assert true in [model.words[i] for i in rows[np.argsort(-likely)[:3]]]
    assert len(channel.likelihood("x" * 40, Case.LOWER)[0]) == 0


def test_words_scored_together_are_scored_as_alone(model):
    reads = [
        ("dugc", Case.LOWER),
        ("chirc", Case.LOWER),
        ("t6", Case.LOWER),
        ("nghiép", Case.LOWER),
        ("H6i", Case.TITLE),
    ]
    together, alone = (Channel(MODELS / "channel-eng.npz", model.words) for _ in range(2))
    together.prepare(reads)
    for read in reads:
        rows, likely = together.likelihood(*read)
        assert (rows == alone.likelihood(*read)[0]).all()
        assert likely == pytest.approx(alone.likelihood(*read)[1], rel=1e-9, abs=1e-300)


def test_an_adapted_channel_learns_a_scanners_errors(model):
    channel = Channel(MODELS / "channel-eng.npz", model.words)
    adapted = channel.adapted([("Đường", "Pudng")] * 20 + [("Điều", "Piéu")] * 20)
    rows, before = channel.likelihood("Pang", Case.TITLE)
    row = rows.tolist().index(model.number["đảng"])
    assert adapted.likelihood("Pang", Case.TITLE)[1][row] > 5 * before[row]


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("31/QD-UBND", "31/QĐ-UBND"),
        ("91/2017/NP-CP", "91/2017/NĐ-CP"),
        ("9/2021/NBD-CP", "9/2021/NĐ-CP"),
        ("12/NQ-HDND", "12/NQ-HĐND"),
        ("748/HD-SNV", None),
        ("05/DA-UBND", None),
        ("120/BC-UBND", None),
        ("31/QĐ-UBND", None),
        ("7/XYZ-QWD", None),
    ],
)
def test_codes(code, wanted):
    assert repair_code(code) == wanted


def test_abbreviations():
    assert repair_abbreviation("HDND") == "HĐND"
    assert repair_abbreviation("UBND") == "UBND"


def test_tokens():
    text = "Số: 12/QĐ-UBND ngày 5/3/2021, t6 chirc(c6) 1.500.000 đồng; a) x@y.vn"
    found = [(t.text, t.kind) for t in tokenize(text)]
    assert ("12/QĐ-UBND", Kind.CODE) in found
    assert ("5/3/2021", Kind.NUMBER) in found
    assert ("1.500.000", Kind.NUMBER) in found
    assert ("x@y.vn", Kind.SHIELD) in found
    assert [t for t, k in found if k is Kind.WORD] == ["Số", "ngày", "t6", "chirc", "c6", "đồng"]
    assert all(text[t.start : t.end] == t.text for t in tokenize(text))


def test_training_words_have_classes():
    assert lm_words("Số 12/QĐ-UBND, ngày 5/3/2021: xã A.") == [
        "Số", "<code>", "<,>", "ngày", "<num>", "<p>", "xã", "A", "<p>",
    ]  # fmt: skip


def test_reports_show_old_and_new():
    done = restore("Uy ban nhan dan <b>xa</b> dé nghi cac tap thé xét tang giay khen thuéng cho ca nhan dugc binh chon")
    page = html_begin("t & t") + html_rows(done) + HTML_END
    assert "t &amp; t" in page
    assert "<b>" not in page.replace("<body>", "")
    assert "Ủy" in page
    assert "Uy" in page
    change = next(changes_of(done, start=7))
    assert (change["old"], change["start"]) == ("Uy", 7)
