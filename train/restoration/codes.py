"""Collect the parts of document codes (QĐ, UBND, BTĐKT): ``python codes.py TEXT_FOLDER OUT.tsv``.

Kept: parts of codes and abbreviations of official text seen at least five times (twenty times without Đ), and those of
any text with a Đ that are hardly ever written without it. The file lets the restorer tell which bare part is always
written with Đ (QD). Parts that were added to it by hand, below a
comment of their own, are kept.
"""

from __future__ import annotations

import lzma
import sys
from collections import Counter
from pathlib import Path

import regex

from normalize.folding import fold
from normalize.syllables import is_syllable

HEADER = "# Parts of document codes and abbreviations, how often seen in official texts (Bộ pháp điển and others)."
LEFT_OUT = {"laocai_sct_official", "ud_vtb"}
GENERAL = {"viwiki_2017_uts", "viwiki_politics_2025"}
ABBREVIATION = regex.compile(r"\b[A-ZĐ]{3,10}\b")
LONE = regex.compile(r"(?<![\p{L}\d])[A-ZĐ]{3,7}(?![\p{L}\d])")
MIN_PARAGRAPHS = 3
MIN_RATIO = 20  # of paragraphs with the part to those with its bare spelling
CODE = regex.compile(r"\b\d{1,5}(?:/\d{4})?/(\p{Lu}[\p{L}\d]*(?:-\p{Lu}[\p{L}\d]*){0,3})")


def main() -> None:
    """Count and write."""
    counts: Counter[str] = Counter()
    paragraphs: Counter[str] = Counter()
    for path in sorted(Path(sys.argv[1]).glob("*.txt.xz")):
        if path.name.split(".txt")[0] in LEFT_OUT:
            continue
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in set(file):
                paragraphs.update({word for word in LONE.findall(line) if not is_syllable(word)})
                if path.name.split(".txt")[0] in GENERAL:
                    continue
                for code in CODE.findall(line):
                    counts.update(part for part in code.split("-") if not any(c.isdigit() for c in part))
                counts.update(word for word in ABBREVIATION.findall(line) if not is_syllable(word))
    by_bare: dict[str, Counter[str]] = {}
    for part, count in counts.items():
        by_bare.setdefault(fold(part), Counter())[part] += count
    counted = [
        f"{part}\t{count}"
        for bare in sorted(by_bare)
        for part, count in by_bare[bare].most_common(3)
        if len(part) <= 12 and count >= (5 if "Đ" in part else 20)
    ]
    kept = {line.split("\t")[0] for line in counted}
    counted += [
        f"{part}\t{count}"
        for part, count in sorted(paragraphs.items())
        if "Đ" in part
        and part not in kept
        and count >= max(MIN_PARAGRAPHS, MIN_RATIO * paragraphs[part.replace("Đ", "D")])
    ]
    out = Path(sys.argv[2])
    added = added_by_hand(out.read_text(encoding="utf-8")) if out.exists() else []
    theirs = {line.split("\t")[0] for line in added}
    lines = [HEADER, *(line for line in counted if line.split("\t")[0] not in theirs), *added]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def added_by_hand(table: str) -> list[str]:
    """The lines of a table from its second comment on: what was not counted."""
    lines = table.splitlines()
    comments = [at for at, line in enumerate(lines) if line.startswith("#")]
    return lines[comments[1] :] if len(comments) > 1 else []


if __name__ == "__main__":
    main()
