"""Pages per minute of ``sohoa batch`` and of ``ocrmypdf -l vie --deskew`` on the same files in the same run.

Usage: python -m benchmarks.throughput DIR [--jobs 2]

OCRmyPDF reads one file after the other, two pages at a time, sohoa two files at a time. OCRmyPDF refuses PDFs that are
signed, tagged or have text already; those count for neither side.

Beside the wall time stand the seconds of all cores (a busy machine lengthens the former, hardly the latter) and the
most memory that the run and all its processes had at once, what they share counted once (Linux).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from rich.console import Console
from rich.table import Table

from benchmarks.process_tree import measured

MODULES = str(Path(__file__).resolve().parent.parent)


@dataclass(frozen=True, slots=True)
class Pace:
    """Pages read and the wall time it took."""

    name: str
    pages: int
    seconds: float
    cpu_seconds: float
    most_bytes: int

    @property
    def pages_per_minute(self) -> float:
        return 60 * self.pages / self.seconds if self.seconds else 0.0


def main() -> None:
    """Time both on the PDFs below DIR that both can read, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        theirs, accepted = time_ocrmypdf(sorted(arguments.directory.rglob("*.pdf")), work, arguments.jobs)
        if not accepted:
            sys.exit("OCRmyPDF refuses all PDFs here: nothing to compare.")
        ours = time_sohoa(accepted, work, arguments.jobs)
    print_table(ours, theirs, len(accepted))


def time_ocrmypdf(files: list[Path], work: Path, jobs: int) -> tuple[Pace, list[Path]]:
    """Run OCRmyPDF on each file; only what it took for files that it reads counts."""
    seconds = cpu = 0.0
    most = 0
    accepted = []
    for path in files:
        with measured() as cost:
            is_read = run_ocrmypdf(path, work / "theirs.pdf", jobs)
        if is_read:
            seconds += cost.seconds
            cpu += cost.cpu_seconds
            most = max(most, cost.most_bytes)
            accepted.append(path)
    return Pace("ocrmypdf", sum(map(count_pages, accepted)), seconds, cpu, most), accepted


def run_ocrmypdf(path: Path, out: Path, jobs: int) -> bool:
    """True when OCRmyPDF made a PDF of it (exit code 10: made, but as a plain PDF)."""
    command = [sys.executable, "-m", "ocrmypdf", "-q", "-l", "vie", "--deskew", "--jobs", str(jobs)]
    done = subprocess.run([*command, str(path), str(out)], capture_output=True, check=False)
    return done.returncode in {0, 10}


def time_sohoa(files: list[Path], work: Path, jobs: int) -> Pace:
    """Run one batch over copies of ``files``."""
    source = work / "files"
    for number, path in enumerate(files):
        (source / str(number)).mkdir(parents=True)
        shutil.copyfile(path, source / str(number) / path.name)
    # Installed or not, this checkout is what is timed.
    environment = os.environ | {"PYTHONPATH": MODULES}
    command = [
        sys.executable,
        "-c",
        "from sohoa.cli import main; main()",
        "batch",
        str(source),
        "-o",
        str(work / "ours"),
    ]
    with measured() as cost:
        subprocess.run([*command, "--workers", str(jobs)], env=environment, stdout=subprocess.DEVNULL, check=True)
    return Pace("sohoa", sum(map(count_pages, files)), cost.seconds, cost.cpu_seconds, cost.most_bytes)


def count_pages(path: Path) -> int:
    """Pages of a PDF."""
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def print_table(ours: Pace, theirs: Pace, files: int) -> None:
    """Both paces and their ratio."""
    ratio = ours.pages_per_minute / theirs.pages_per_minute
    table = Table(title=f"{files} files, {ours.pages} pages", caption=f"sohoa reads {ratio:.2f} times as fast")
    for column in ("", "seconds", "pages/minute", "core seconds a page", "memory (MB)"):
        table.add_column(column, justify="right" if column else "left")
    for pace in (ours, theirs):
        per_page = pace.cpu_seconds / max(pace.pages, 1)
        memory = f"{pace.most_bytes / 1e6:.0f}"
        table.add_row(pace.name, f"{pace.seconds:.1f}", f"{pace.pages_per_minute:.1f}", f"{per_page:.2f}", memory)
    Console().print(table)


if __name__ == "__main__":
    main()
