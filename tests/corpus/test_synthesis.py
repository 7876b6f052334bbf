"""The generator of fictional scans: exact truth, conventions, determinism."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from corpus.synthesis import KINDS, make_document, print_document, scan_document, synthesize
from corpus.synthesis.cases import draw_case
from corpus.synthesis.degradation import CLEAN, COPY, FAX, OFFICE, POOR, WORN
from corpus.synthesis.documents import Zone
from corpus.synthesis.frame import Habits, framed
from corpus.synthesis.markup import plain
from corpus.synthesis.truth import fields_of, transcription
from extract.place_lists import PlaceList, place_key
from normalize.errors import UsageError
from ocr.engine import Segmentation
from ocr.tesseract import TesseractEngine, languages

SCANNERS = {"clean": CLEAN, "office": OFFICE, "worn": WORN, "fax": FAX, "copy": COPY, "poor": POOR}


def rendered(path: Path, dpi: int) -> list[np.ndarray]:
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("L")) for page in pdf]
    finally:
        pdf.close()


def test_the_same_seed_gives_the_same_bytes_however_many_are_asked_for(tmp_path: Path) -> None:
    (first,) = synthesize(tmp_path / "a", 1, 7, kinds=("cong-van", "thong-bao"))
    second, _ = synthesize(tmp_path / "b", 2, 7, kinds=("cong-van", "thong-bao"))
    names = sorted(path.name for path in first.iterdir())
    assert names == ["fields.json", "page-1.gt.txt", "scan.pdf", "words.json"]
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_the_list_of_its_communes_lies_beside_the_documents(tmp_path: Path) -> None:
    synthesize(tmp_path, 1, 7, kinds=("thong-bao",))
    known = PlaceList.load(tmp_path / "places.tsv")
    (commune,) = known.named(place_key("Hồng Chiểu"), "xã")
    assert (commune.district, commune.province) == ("huyện Bắc Sương", "tỉnh Lam Khê")


def test_other_seeds_give_other_documents() -> None:
    texts = {repr(make_document("to-trinh", np.random.default_rng(seed))) for seed in range(5)}
    assert len(texts) == 5


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="cong-van"):
        make_document("thu-tinh", np.random.default_rng(0))


@pytest.mark.parametrize("name", SCANNERS)
def test_boxes_lie_on_the_ink_of_the_rendered_page(name: str, tmp_path: Path) -> None:
    """Every word's box holds ink, and print reaches within 1.5 points of all four sides (but for faded commas)."""
    folder = synthesize(tmp_path, 1, 11, kinds=("cong-van",), scanner=SCANNERS[name])[0]
    (page,) = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    (image,) = rendered(folder / "scan.pdf", 200)
    assert image.shape == pytest.approx((page["height"] * 200 / 72, page["width"] * 200 / 72), abs=2)
    ink = image < np.median(image) - 45
    short = 0
    for word in page["words"]:
        x0, y0, x1, y1 = (round(value * 200 / 72) for value in word["box"])
        assert ink[y0:y1, x0:x1].any(), word["text"]
        rows, columns = ink[y0 - 4 : y1 + 4, x0:x1].any(axis=1), ink[y0:y1, x0 - 4 : x1 + 4].any(axis=0)
        reached = rows[:9].any() and rows[-9:].any() and columns[:9].any() and columns[-9:].any()
        short += not (reached or word["stamp"] or word["hand"])
    assert short <= 0.02 * len(page["words"])


@pytest.mark.parametrize("kind", KINDS)
def test_transcriptions_keep_the_conventions(kind: str) -> None:
    rng = np.random.default_rng(5)
    document = make_document(kind, rng)
    pages = print_document(document, rng)
    for number, page in enumerate(pages, start=1):
        lines = transcription(page.words).splitlines()
        assert lines and all(line and line == " ".join(line.split()) for line in lines)
        assert all(line.count("[") == line.count("]") and line.count("<") == line.count(">") for line in lines)
        if number == 1:
            assert any(line.endswith("XÃ HỘI CHỦ NGHĨA VIỆT NAM") for line in lines)
        else:
            assert str(number) in {lines[0], lines[-1]}
    text = "\n".join(transcription(page.words) for page in pages)
    names = re.sub(r"[\[\]<>]", "", text)
    facts = fields_of(document)
    assert facts["signer"] in names
    if facts["number"]:
        assert re.search(rf"Số: {facts['number']} ?/{re.escape(facts['symbol'])}$", names, re.MULTILINE)
        assert ("number" in facts["handwritten"]) == (f"[{facts['number']}]" in text)
    running = "".join(names.split())
    for basis in facts["legal_bases"]:
        assert "".join(basis["code"].split()) in running
    for amount in facts["amounts"]:
        assert "".join(amount["raw"].split()) in running
    for recipient in facts["recipients"]:
        assert "".join(recipient.split()) in running
    assert "".join(plain(facts["subject"]).split()) in running


def test_every_mark_finds_its_place() -> None:
    """Stamps are in <>, handwriting in [], the signature box comes first, the incoming stamp before the body."""
    rng = np.random.default_rng(6)
    content = KINDS["cong-van"](draw_case(rng), rng)
    content = replace(content, signing=replace(content.signing, name_stamped=True))
    habits = Habits(incoming="SỞ NỘI VỤ", signature_box=True, urgency="KHẨN")
    document = framed(content, habits, rng)
    assert document.signature_box and document.incoming
    lines = transcription(print_document(document, rng)[0].words).splitlines()
    stamp = [
        "<SỞ NỘI VỤ>",
        f"<ĐẾN Số: [{document.incoming.number}]>",
        f"<Ngày: [{document.incoming.date}]>",
    ]
    assert tuple(lines[: len(document.signature_box.lines)]) == document.signature_box.lines
    start = lines.index(stamp[0])
    assert lines[start : start + 3] == stamp
    assert lines.index("<KHẨN>") < start < lines.index("Kính gửi:")
    assert lines[-1] == f"<{content.signing.name}>"


def test_inks_can_be_told_apart_on_a_colour_scan() -> None:
    """Blue handwriting and red stamps have the colour that the truth says."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        document = make_document("cong-van", rng)
        if document.foot.right.name_stamped and "number" in document.facts.handwritten:
            break
    page = scan_document(document, rng, CLEAN).scans[0]
    assert page.pixels.ndim == 3
    for word in page.words:
        box = word.box.scaled(page.dpi / 72)
        part = page.pixels[round(box.y0) : round(box.y1), round(box.x0) : round(box.x1)].reshape(-1, 3).astype(int)
        darkest = part[part.sum(axis=1).argsort()[: max(3, len(part) // 20)]].mean(axis=0)
        if word.zone is Zone.FOOT_RIGHT and not word.stamp:
            continue  # seal and signature run over it
        channel = {"red": 0, "blue": 2, "black": None}[word.ink.value]
        if channel is not None:
            assert darkest.argmax() == channel, word
        elif not document.incoming and not document.signature_box:
            assert np.ptp(darkest) < 40, word


def test_bilevel_scans_are_black_on_white(tmp_path: Path) -> None:
    folder = synthesize(tmp_path, 1, 2, kinds=("thong-bao",), scanner=FAX)[0]
    with pikepdf.open(folder / "scan.pdf") as pdf:
        image = np.asarray(pikepdf.PdfImage(pdf.pages[0].Resources.XObject.Im0).as_pil_image().convert("L"))
    assert set(np.unique(image)) == {0, 255}
    assert 0.01 < (image == 0).mean() < 0.2  # black print on white, not the reverse


@pytest.mark.skipif("vie" not in languages(), reason="Tesseract's Vietnamese model is not installed")
def test_tesseract_reads_a_clean_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")
    rng = np.random.default_rng(4)
    page = scan_document(make_document("ke-hoach", rng), rng, CLEAN).scans[0]
    grey = page.pixels.mean(axis=2).astype(np.uint8)
    found = Counter(
        word.text
        for word in TesseractEngine("vie").read(grey, dpi=page.dpi, segmentation=Segmentation.PAGE, seconds=60)
    )
    wanted = Counter(word.text for word in page.words if not word.hand and not word.stamp)
    assert (wanted & found).total() / wanted.total() > 0.9
