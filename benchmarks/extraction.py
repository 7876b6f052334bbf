"""How fast records are made of OCR output, how the time grows, and how many real citations are parsed without loss.

Usage: python benchmarks/extraction.py RESULTS [--citations van_ban.tsv] [--whole]

RESULTS holds result folders of ``sohoa batch`` (their ``pages.json`` are read). The citations are a TSV with columns
``so_ky_hieu`` ("Nghị định số 91/2017/NĐ-CP"), ``ngay_ban_hanh`` (d/m/yyyy) and ``co_quan``.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.pages_json import document_from_json
from extract.counts import find_counts
from extract.dates import find_dates, iso_date
from extract.money import find_money
from extract.patterns import Source
from extract.periods import find_periods
from extract.read_record import extract_document, extract_text
from extract.record import Source as FileSource
from extract.references import find_references
from normalize.canonical import canonical
from normalize.folding import fold_aligned
from ocr.tree import Document

_SMALL, _LARGE = 100_000, 1_000_000
_AGAIN = 5  # of each document the quickest counts: other work on the machine slows a core down by a third
_PATHOLOGICAL = {
    "digits in one line": "0123456789",
    "grouped digits": "1.250.000 ",
    "slashes": "12/19/",
    "dashes": "2011-2020-",
    "codes": "12, 13/QĐ-UBND, ",
    "the word số": "số ",
    "the word ngày": "ngày ",
    "number words": "hai trăm ",
    "capitals": "QĐ-UBND-",
    "dashes of a list": "- một\n",
    "articles": "Điều 1. Tên\n",
}


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds for a text of 100 kB and for one of 1 MB."""

    name: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        return self.large / self.small if self.small else 0.0


def main() -> None:
    """Measure on the pages below RESULTS and print what comes out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path)
    parser.add_argument("--citations", type=Path)
    parser.add_argument("--whole", action="store_true", help="how the time of whole records grows, too: some minutes")
    arguments = parser.parse_args()
    documents = [
        document_from_json(path.read_text(encoding="utf-8")) for path in sorted(arguments.results.rglob("pages.json"))
    ]
    if not documents:
        sys.exit("No pages.json below that folder: run sohoa batch first.")
    console = Console()
    pages = sum(len(document.pages) for document in documents)
    loading = _seconds(partial(_record, documents[0]))
    console.print(f"the first document, with all that is loaded once: {loading:.2f} s of one core")
    for name, make in {"whole records": _record, "values alone": _values}.items():
        for times, seconds in zip(("the first time", "again"), pace(documents, make), strict=True):
            rate = f"{pages} pages in {seconds:.2f} s of one core, {pages / seconds:.0f} pages a second"
            console.print(f"{name} {times}: {rate}")
    if arguments.citations:
        whole, lost = parse_citations(arguments.citations)
        console.print(f"{whole} of {whole + len(lost)} citations parsed without loss")
        for row in lost[:40]:
            console.print(f"  lost: {row}", highlight=False)
    grown = {"values": _values_of_text} | ({"whole records": _record_of_text} if arguments.whole else {})
    for name, read in grown.items():
        console.print(f"{name} of 100 kB, of 1 MB, and how many times as long:")
        for row in growths(documents, read):
            console.print(f"  {row.name}: {row.small:.2f} s, {row.large:.2f} s, {row.ratio:.1f}")


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _record(document: Document) -> None:
    extract_document(document, FileSource(name="scan.pdf", pages=len(document.pages)))


def _record_of_text(text: str) -> None:
    extract_text(text, "text.txt")


def _values(document: Document) -> None:
    _values_of_text(document.text)


def _values_of_text(text: str) -> None:
    source = Source(text, fold_aligned(text))
    for find in (find_references, find_periods, find_money, find_counts, find_dates):
        find(source)


def pace(documents: list[Document], make: Callable[[Document], None]) -> tuple[float, float]:
    """Seconds of processor time for all documents: met for the first time, and with their words known.

    A long run is between the two: what restoration finds out of a word it keeps.
    """
    first, *again = [[_seconds(partial(make, document)) for document in documents] for _ in range(1 + _AGAIN)]
    return sum(first), sum(map(min, zip(*again, strict=True)))


def growths(documents: list[Document], read: Callable[[str], None]) -> Iterator[Growth]:
    """Times on the documents' own text, with its lines and as one line, and on pathological strings."""
    text = "\n".join(document.text for document in documents)
    for name, piece in {"pages": text, "pages in one line": " ".join(text.split()), **_PATHOLOGICAL}.items():
        large = (piece * (_LARGE // len(piece) + 1))[:_LARGE]
        small = _seconds(partial(read, large[:_SMALL]))
        yield Growth(name, small, _seconds(partial(read, large)))


def parse_citations(path: Path) -> tuple[int, list[str]]:
    """(how many rows come back as one reference with code and date, the rows that do not)."""
    whole, lost = 0, []
    with path.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            printed = f"{row['so_ky_hieu']} ngày {row['ngay_ban_hanh']}"
            text = canonical(f"Căn cứ {printed} của {row['co_quan']};")
            if _comes_back(text, row["so_ky_hieu"], row["ngay_ban_hanh"]):
                whole += 1
            else:
                lost.append(printed)
    return whole, lost


def _comes_back(text: str, citation: str, day: str) -> bool:
    code = re.sub(r"\([A-Z]?\d+\)|[\s'\"]", "", canonical(citation).rpartition(" số ")[2]).rstrip("-.")
    date = iso_date(*(int(part) for part in reversed(day.split("/"))))
    for reference in find_references(Source(text, fold_aligned(text))):
        printed = {reference.code, reference.printed_code}
        if reference.date == date and code in {part.rstrip("-.") for part in printed if part}:
            return True
    return False


if __name__ == "__main__":
    main()
