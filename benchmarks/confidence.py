"""How reliable confidences are, and the table that makes them so.

Usage: python benchmarks/confidence.py DIR... [--write] [--plot PNG]

Every DIR holds scans with truth (``sohoa synthesize`` makes some). Where a ``pages.json`` lies beside a scan it is
used, else the scan is read, which takes seconds a page. Prints, as Markdown, what readings said and how many were
right: raw, calibrated by the table as it is, and by a curve that was fitted on the other four fifths of the documents.
``--write`` fits on all of them and writes ``extract/data/confidence.tsv``; ``--plot`` draws the first and the last.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from zlib import crc32

from benchmarks.reliability_plot import diagram
from corpus.evaluation.reliability import Bin, Judged, fit, judged_readings, reliability
from corpus.pages_json import document_from_json
from extract.calibration import Calibration, calibrated
from ocr.read import read_document
from ocr.tree import Document

TABLE = Path(__file__).resolve().parent.parent / "extract" / "data" / "confidence.tsv"
FOLDS = 5


def main() -> None:
    """Read, judge, print; write the table if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--plot", type=Path, metavar="PNG")
    arguments = parser.parse_args()
    with patch("extract.calibration.calibrated", lambda confidence, _: confidence):  # raw ones are what is fitted
        judged = [item for folder in arguments.directories for item in judged_readings(folder, _read_once)]
    documents = len({item.document for item in judged})
    sys.stdout.write(f"{len(judged)} readings of {documents} documents\n\n")
    held_out = [
        (calibration(item.confidence, item.rule), item.right)
        for fold in range(FOLDS)
        for calibration in [fit([item for item in judged if _fold(item) != fold])]
        for item in judged
        if _fold(item) == fold
    ]
    raw = [(item.confidence, item.right) for item in judged]
    as_it_is = [(calibrated(item.confidence, item.rule), item.right) for item in judged]
    for title, pairs in (("raw", raw), ("calibrated", as_it_is), ("calibrated, held out", held_out)):
        sys.stdout.write(_markdown(title, reliability(pairs), pairs))
    if arguments.plot:
        diagram({"raw": reliability(raw), "calibrated, held out": reliability(held_out)}).save(arguments.plot)
    if arguments.write:
        TABLE.write_text(_table(fit(judged), judged, documents), encoding="utf-8", newline="\n")


def _read_once(paths: Sequence[Path]) -> Document:
    known = paths[0].with_name("pages.json")
    return document_from_json(known.read_text("utf-8")) if known.is_file() else read_document(paths)


def _fold(item: Judged) -> int:
    return crc32(item.document.encode()) % FOLDS


def _markdown(title: str, bins: Sequence[Bin], pairs: Sequence[tuple[float, bool]]) -> str:
    error = sum(each.count * abs(each.said - each.right) for each in bins) / len(pairs)
    brier = sum((said - right) ** 2 for said, right in pairs) / len(pairs)
    rows = [
        f"| {each.said:.2f} | {each.right:.2f} | {each.count} | `{'#' * round(40 * each.right):<40}` |" for each in bins
    ]
    head = f"{title}: expected calibration error {error:.3f}, Brier score {brier:.4f}\n"
    return "\n".join(["", head, "| said | right | readings | share right |", "|--:|--:|--:|:--|", *rows, ""])


def _table(calibration: Calibration, judged: Sequence[Judged], documents: int) -> str:
    counts = {rule: [item for item in judged if item.rule == rule] for rule in calibration.rules}
    today = datetime.now(UTC).date()
    source = f"# Source: {len(judged)} readings of {documents} scans with truth, counted on {today}"
    lines = [
        "# How often readings are right: log odds by raw confidence, and what each rule adds (extract/calibration.py).",
        f"{source} by benchmarks/confidence.py --write.",
        "# curve: raw confidence, log odds; rule: id, log odds added, readings, share right",
        *(f"curve\t{confidence:.3f}\t{odds:.3f}" for confidence, odds in calibration.curve),
        *(
            f"rule\t{rule}\t{added:.2f}\t{len(items)}\t{sum(item.right for item in items) / len(items):.3f}"
            for rule, added in sorted(calibration.rules.items())
            for items in [counts[rule]]
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
