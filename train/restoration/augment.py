"""Add what the texts have too little of: names of administrative units, criteria, titles, phrases of award dossiers.

    python augment.py WORK_FOLDER LISTS_FOLDER DOMAIN_FOLDER

From public lists in a few set phrases, so that an n-gram of a list counts as seen in three paragraphs, and from
patterns of our own (``domain_phrases.txt``), each written out some times over. New words (rare syllables of
place names) go to the end of the vocabulary. Run once, after the texts are encoded.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from pathlib import Path

import numpy as np

from normalize.canonical import canonical
from normalize.restoration.tokens import lm_words
from normalize.syllables import is_syllable

PLACE_WEIGHT = 1.0
TITLE_WEIGHT = 1.0
CRITERIA_WEIGHT = 3.0
PHRASES_WEIGHT = 2.0
PATTERNS = Path(__file__).with_name("domain_phrases.txt")
WRITTEN_OUT = 24  # times at most that a pattern is written out
SEED = 1
CHOICE = re.compile(r"\(([^()]*)\)")


def places(lists: Path) -> set[str]:
    """Units with their type, alone, with their parents, and with their committee."""
    found: set[str] = set()
    with (lists / "dvhc_history_2019_2025.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            parents = [row[k] for k in ("district", "province") if row[k]]
            found |= {row["name"], ", ".join([row["name"], *parents]), f"Ủy ban nhân dân {row['name']}"}
            if parents:
                found.add(" ".join([row["name"], parents[0]]))
    with (lists / "dvhc_2025_34tinh.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found |= {row["name"], f"{row['name']}, {row['province']}", f"Ủy ban nhân dân {row['name']}"}
    return found


def titles(lists: Path) -> set[str]:
    """Titles of the documents of the legal codification."""
    with (lists / "van_ban_phapdien.tsv").open(encoding="utf-8") as file:
        return {row["ten"] for row in csv.DictReader(file, delimiter="\t")}


def criteria(domain: Path) -> set[str]:
    """Names of criteria and their contents, in the phrases of reports and decisions."""
    found: set[str] = set()
    with (domain / "ntm_criteria_2016_2020.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for text in (row["name_vi"], row["group"], row["content_short"]):
                if text and len(text.split()) >= 2:
                    found |= {text, f"Tiêu chí {text}", f"xã đạt tiêu chí {text}"}
    return found


def phrases(patterns: Path) -> set[str]:
    """Patterns written out: ``(a|b)`` is one of them, by chance, ``<n>`` a number."""
    rng, found = random.Random(SEED), set()
    for line in patterns.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written = (CHOICE.sub(lambda match: rng.choice(match[1].split("|")), line) for _ in range(WRITTEN_OUT))
            found |= {" ".join(text.replace("<n>", "5").split()) for text in written}
    return found


def main() -> None:
    """Append the paragraphs to the encoded text."""
    work, lists, domain = map(Path, sys.argv[1:4])
    vocabulary = (work / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    number = {word: i for i, word in enumerate(vocabulary)}
    parts, weights = [], []
    sources = (
        (places(lists), PLACE_WEIGHT),
        (titles(lists), TITLE_WEIGHT),
        (criteria(domain), CRITERIA_WEIGHT),
        (phrases(PATTERNS), PHRASES_WEIGHT),
    )
    for texts, weight in sources:
        for text in sorted(texts):
            ids = [1]
            for word in lm_words(canonical(text).lower()):
                if word not in number and is_syllable(word):
                    number[word] = len(vocabulary)
                    vocabulary.append(word)
                ids.append(number.get(word, 0))
            parts.append(np.array([*ids, 2], np.uint16))
            weights.append(weight)
    flat, lengths = np.load(work / "flat.npy"), np.load(work / "lengths.npy")
    np.save(work / "flat.npy", np.concatenate([flat, *parts]))
    np.save(work / "lengths.npy", np.concatenate([lengths, [len(p) for p in parts]]))
    np.save(work / "weights.npy", np.concatenate([np.load(work / "weights.npy"), np.array(weights, np.float32)]))
    (work / "vocabulary.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    print("paragraphs", len(parts), "vocabulary", len(vocabulary))


if __name__ == "__main__":
    main()
