"""Write the frequencies of name parts: ``python names.py LISTS_FOLDER OUT.npz``."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np


def main() -> None:
    """Read the three lists, write words and counts."""
    tables = {}
    for kind in ("surname", "middle", "given"):
        with (Path(sys.argv[1]) / f"name_{kind}_freq.tsv").open(encoding="utf-8") as file:
            rows = {name.lower(): int(count) for name, count in csv.reader(file, delimiter="\t")}
        tables[kind] = np.frombuffer("\n".join(rows).encode(), np.uint8)
        tables[f"{kind}_counts"] = np.array(list(rows.values()), np.uint32)
    np.savez_compressed(sys.argv[2], **tables)


if __name__ == "__main__":
    main()
