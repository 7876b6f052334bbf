"""Makes ``corpus/samples``: the papers of one commune's dossier, an old broken OCR, a damaged file, and their truth.

``python -m corpus.synthesis.sample_dossier`` writes them anew; with the same fonts and library versions the bytes are
the same. Text and fields are the same wherever a Times-metric font is found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator

from corpus.synthesis.cases import Candidate, Case, Thresholds
from corpus.synthesis.degradation import FAX, OFFICE, POOR, WORN, Scanner
from corpus.synthesis.documents import Basis, Document
from corpus.synthesis.drawing import Paper
from corpus.synthesis.frame import Habits, framed
from corpus.synthesis.province import places
from corpus.synthesis.scans import write_scans
from corpus.synthesis.sheets import PageRules
from corpus.synthesis.synthesize import KINDS, Synthetic, print_document, scan_document
from corpus.synthesis.truth import write_truth
from ocr.engine import Segmentation
from ocr.tesseract import TesseractEngine

__all__ = ["SAMPLES", "Sample", "make_samples", "print_sample", "sample_case", "sample_document"]

_AWARD = "Bằng khen của Chủ tịch UBND tỉnh"
_DISTRICT_AWARD = "Giấy khen của Chủ tịch UBND huyện"
_OCR_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One checked-in file: how its document is worded, stamped and scanned. ``ending`` ".txt" is the broken OCR."""

    stem: str
    kind: str
    seed: int
    habits: Habits
    scanner: Scanner
    name_stamped: bool = False
    ending: str = ".pdf"
    kept: float = 1.0  # share of the file's bytes that survive: below 1 it is the damaged one


# JPEG qualities are low and noise is weak so that all files stay under 4 MB together.
_COLOUR = replace(OFFICE, noise=1.2, quality=55)
SAMPLES = (
    Sample("01-huong-dan-xet-khen-thuong", "huong-dan", 11, Habits(signature_box=True), _COLOUR),
    Sample(
        "02-to-trinh-ubnd-xa",
        "to-trinh",
        12,
        Habits(incoming="VĂN PHÒNG ĐIỀU PHỐI NTM", initials=True),
        replace(_COLOUR, skew=0.7),
    ),
    Sample("03-bien-ban-hop-xet", "bien-ban", 13, Habits(number_by_hand=False), replace(FAX, dpi=300)),
    Sample("04-bao-cao-thanh-tich", "bao-cao-thanh-tich", 14, Habits(), replace(WORN, noise=2.0, quality=50), True),
    Sample("05-quyet-dinh-khen-thuong", "quyet-dinh", 15, Habits(day_by_hand=False), POOR, True),
    Sample("06-cong-van-don-doc", "cong-van", 16, Habits(urgency="KHẨN"), FAX),
    Sample(
        "07-huong-dan-cu-ocr-hong",
        "huong-dan",
        17,
        Habits(number_by_hand=False, day_by_hand=False),
        replace(OFFICE, dpi=300),
        ending=".txt",
    ),
    Sample("08-thong-bao-tep-bi-cat", "thong-bao", 18, Habits(), FAX, kept=0.4),
)


def sample_case() -> Case:
    """The story of the samples: a specially difficult commune, seven candidates, one below the threshold."""
    commune = next(place for place in places("xã") if place.name == "Nà Lĩnh")
    district = next(place for place in places("huyện") if place.name == commune.within)
    return Case(
        district,
        commune,
        ("Bản Pá", "Khuổi Tát", "Nà Mò", "Phai Cáy", "Đồng Lạnh"),
        2012,
        2021,
        Basis("Hướng dẫn", "217/HD-SNV", "2021-04-08", "Sở Nội vụ"),
        date(2021, 6, 30),
        Thresholds(11, 8, 350_000_000, 250_000_000, 1_200_000_000, 3),
        date(2021, 6, 3),
        date(2021, 6, 9),
        6,
        15,
        10,
        11,
        (
            Candidate("Nhân dân và cán bộ xã Nà Lĩnh", "tập thể", "xã Nà Lĩnh", _AWARD, _MERITS[0], 0, 10),
            Candidate("Thôn Bản Pá", "tập thể", "xã Nà Lĩnh", _AWARD, _MERITS[1], 0, 10),
            Candidate("Thôn Khuổi Tát", "tập thể", "xã Nà Lĩnh", _DISTRICT_AWARD, _MERITS[1], 0, 8),
            Candidate("Bà Lương Thị Thu Duyên", "cá nhân", "thôn Nà Mò", _AWARD, _MERITS[2], 265_000_000, 9),
            Candidate("Ông Triệu Văn Quyết", "cá nhân", "thôn Bản Pá", _DISTRICT_AWARD, _MERITS[3], 95_000_000, 10),
            Candidate(
                "Hộ gia đình ông Nông Hữu Vượng", "hộ gia đình", "thôn Phai Cáy", _AWARD, _MERITS[3], 420_000_000, 10
            ),
            Candidate(
                "Hộ gia đình bà Vi Bích Mến", "hộ gia đình", "thôn Đồng Lạnh", _AWARD, _MERITS[4], 310_000_000, 9
            ),
        ),
        "Hoàng Đức Khôi",
        "Chu Thị Ngọc Oanh",
    )


_MERITS = (
    "Tăng 09 tiêu chí trong giai đoạn, không có tiêu chí bị tụt",
    "Hoàn thành khu dân cư kiểu mẫu, mở rộng đường thôn",
    "Bao tiêu nông sản cho 34 hộ trong xã",
    "Hiến đất làm đường và nhà văn hóa thôn",
    "Ủng hộ vật liệu, ngày công làm kênh mương",
)


def _old_case() -> Case:
    """The movement's round five years before, of which only an OCR text is left."""
    return replace(
        sample_case(),
        first_year=2007,
        last_year=2016,
        guideline=Basis("Hướng dẫn", "143/HD-SNV", "2016-04-14", "Sở Nội vụ"),
        deadline=date(2016, 7, 15),
        thresholds=Thresholds(9, 6, 300_000_000, 200_000_000, 1_000_000_000, 2),
    )


def sample_document(sample: Sample) -> Document:
    """The document of ``sample``, before it is set and scanned."""
    rng = np.random.default_rng(sample.seed)
    content = KINDS[sample.kind](_old_case() if sample.ending == ".txt" else sample_case(), rng)
    signing = replace(content.signing, name_stamped=sample.name_stamped)
    return framed(replace(content, signing=signing), sample.habits, rng)


def make_samples(out: Path) -> None:
    """Write ``out/dossier`` (the files to digest) and ``out/truth/<stem>`` (what they say)."""
    for sample in SAMPLES:
        document = sample_document(sample)
        _write(sample, scan_document(document, _second_rng(sample), sample.scanner, _rules(document)), out)


def print_sample(sample: Sample) -> list[Paper]:
    """The pages of ``sample`` before they are scanned; their words read as in ``truth``."""
    document = sample_document(sample)
    return print_document(document, _second_rng(sample), _rules(document))


def _second_rng(sample: Sample) -> Generator:
    return np.random.default_rng([sample.seed, 1])


def _rules(document: Document) -> PageRules:
    return PageRules(number_at_top=(document.facts.issue_date or "") >= "2020-03-05", size=13.5, leading=17.0)


def _write(sample: Sample, synthetic: Synthetic, out: Path) -> None:
    path = out / "dossier" / f"{sample.stem}{sample.ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    if sample.ending == ".txt":
        path.write_text(_read_with_wrong_model(synthetic), encoding="utf-8", newline="\n")
    else:
        write_scans(synthetic.scans, path)
    if sample.kept < 1:
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * sample.kept)])
        return
    folder = out / "truth" / sample.stem
    folder.mkdir(parents=True, exist_ok=True)
    write_truth(synthetic.document, synthetic.scans, folder)


def _read_with_wrong_model(synthetic: Synthetic) -> str:
    """What an office got years ago that ran OCR with the English model: marks lost, letters for figures."""
    pages = []
    for page in synthetic.scans:
        grey = np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
        words = TesseractEngine("eng").read(grey, dpi=page.dpi, segmentation=Segmentation.COLUMN, seconds=_OCR_SECONDS)
        lines = groupby(words, key=lambda word: word.line)
        pages.append("\n".join(" ".join(word.text for word in line) for _, line in lines))
    return "\n\n\n".join(pages) + "\n"


if __name__ == "__main__":
    make_samples(Path(__file__).resolve().parents[1] / "samples")
