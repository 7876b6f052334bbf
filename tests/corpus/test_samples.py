"""The samples that are checked in agree with their truth and with the code that makes them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from corpus.synthesis.fonts import find_font
from corpus.synthesis.sample_dossier import SAMPLES, Sample, print_sample, sample_case, sample_document
from corpus.synthesis.truth import fields_of, transcription
from normalize.diagnosis import diagnose

SAMPLES_FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "samples"
WHOLE = [sample for sample in SAMPLES if sample.kept == 1]


def truth_of(sample: Sample) -> Path:
    return SAMPLES_FOLDER / "truth" / sample.stem


def text_of(sample: Sample) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(truth_of(sample).glob("page-*.gt.txt")))


def test_every_sample_is_there_and_together_they_are_small() -> None:
    names = {f"{sample.stem}{sample.ending}" for sample in SAMPLES}
    assert {path.name for path in (SAMPLES_FOLDER / "dossier").iterdir()} == names
    assert {path.name for path in (SAMPLES_FOLDER / "truth").iterdir()} == {sample.stem for sample in WHOLE}
    folders = (SAMPLES_FOLDER / "dossier", SAMPLES_FOLDER / "truth")
    assert sum(path.stat().st_size for folder in folders for path in folder.rglob("*")) < 4_000_000


@pytest.mark.parametrize("sample", WHOLE, ids=lambda sample: sample.stem)
def test_fields_say_what_the_text_says(sample: Sample) -> None:
    text = re.sub(r"[\[\]<>]", "", text_of(sample))
    fields = json.loads((truth_of(sample) / "fields.json").read_text(encoding="utf-8"))
    running = "".join(text.split())
    if fields["number"]:
        assert f"Số:{fields['number']}/{fields['symbol']}" in running
    if fields["place"]:
        year, month, day = fields["issue_date"].split("-")
        assert re.search(rf"{fields['place']}, ngày {day} tháng 0?{int(month)} năm {year}", text)
    assert fields["signer"] in text
    assert fields["signer_title"] in text
    assert "".join(fields["subject"].split()) in running
    assert "".join(fields["issuer"].split()).casefold() in running.casefold()
    for basis in fields["legal_bases"]:
        assert "".join(basis["code"].split()) in running
    for amount in fields["amounts"]:
        assert "".join(amount["raw"].split()) in running


@pytest.mark.parametrize("sample", WHOLE, ids=lambda sample: sample.stem)
def test_fields_are_those_the_code_makes(sample: Sample) -> None:
    made = json.loads(json.dumps(fields_of(sample_document(sample))))
    assert json.loads((truth_of(sample) / "fields.json").read_text(encoding="utf-8")) == made


@pytest.mark.parametrize("sample", [s for s in WHOLE if s.ending == ".pdf"], ids=lambda sample: sample.stem)
def test_boxes_of_the_samples_lie_on_ink(sample: Sample) -> None:
    pages = json.loads((truth_of(sample) / "words.json").read_text(encoding="utf-8"))
    pdf = pypdfium2.PdfDocument(SAMPLES_FOLDER / "dossier" / f"{sample.stem}.pdf")
    assert len(pdf) == len(pages)
    for page, truth in zip(pdf, pages, strict=True):
        image = np.asarray(page.render(scale=150 / 72).to_pil().convert("L")).astype(int)
        ink = image < np.median(image) - 50
        boxes = [[round(value * 150 / 72) for value in word["box"]] for word in truth["words"]]
        assert all(ink[y0 : y1 + 1, x0 : x1 + 1].any() for x0, y0, x1, y1 in boxes)
    pdf.close()


@pytest.mark.skipif("Tinos" not in find_font().name, reason="lines break elsewhere in other fonts")
@pytest.mark.parametrize("sample", WHOLE, ids=lambda sample: sample.stem)
def test_printing_the_samples_again_gives_the_same_text(sample: Sample) -> None:
    pages = [transcription(paper.words) for paper in print_sample(sample)]
    kept = [path.read_text(encoding="utf-8") for path in sorted(truth_of(sample).glob("page-*.gt.txt"))]
    assert kept == pages


def test_the_broken_text_has_lost_its_marks_but_not_its_figures() -> None:
    (sample,) = (s for s in SAMPLES if s.ending == ".txt")
    broken = (SAMPLES_FOLDER / "dossier" / f"{sample.stem}.txt").read_text(encoding="utf-8")
    truth = text_of(sample)
    assert diagnose(broken).vietnamese < 0.5 < diagnose(truth).vietnamese
    dates = set(re.findall(r"\d\d/\d{1,2}/\d{4}", truth))
    assert dates and dates <= set(re.findall(r"\d\d/\d{1,2}/\d{4}", broken))


def test_the_cut_file_shows_no_page() -> None:
    (sample,) = (s for s in SAMPLES if s.kept < 1)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(SAMPLES_FOLDER / "dossier" / f"{sample.stem}.pdf")


def test_the_papers_of_the_dossier_tell_one_story() -> None:
    case = sample_case()
    texts = {sample.kind: " ".join(text_of(sample).split()) for sample in WHOLE if sample.ending == ".pdf"}
    for kind in ("to-trinh", "bien-ban", "bao-cao-thanh-tich"):
        assert case.guideline.code in texts[kind].replace("- ", "-")
    for candidate in case.candidates:
        assert candidate.name in texts["to-trinh"] and candidate.name in texts["bien-ban"]
    for kind in ("to-trinh", "bao-cao-thanh-tich"):
        assert f"{case.criteria_now}/19" in texts[kind]
    assert f"trước ngày {case.deadline.day}/{case.deadline.month}/{case.deadline.year}" in texts["huong-dan"]
