"""How often words are right at each probability of the search.

    python reliability.py PAGES.jsonl eng|vie
    python reliability.py TEXT.xz stripped

Prints the table for the model card and the points for ``normalize/restoration/reliability.py``. Pages must not be those
the channel was learned from.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from measure import sample, without_marks
from rapidfuzz.distance import Levenshtein

from normalize.canonical import canonical
from normalize.diagnosis import Damage
from normalize.restoration import restore, restoring

EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 0.99999, 0.999999, 1.1)
PUNCTUATION = ".,;:!?()[]{}\"'“”‘’…-–—/"


def judged(read: str, true: str, damage: Damage) -> list[tuple[float, bool]]:
    """(probability, right) of each change of one word."""
    done = restore(read, damage=damage, min_probability=0.0)
    new, ends = [], {}
    at = 0
    for word in done.text.split():
        start = done.text.index(word, at)
        at = start + len(word)
        ends[at] = len(new)
        new.append(word)
    right = set()
    bare = [[w.strip(PUNCTUATION) for w in words] for words in (new, true.split())]
    for tag, i, j, _, _ in Levenshtein.opcodes(*bare):
        if tag == "equal":
            right.update(range(i, j))
    found, shift = [], 0
    for change in done.changes:
        shift += len(change.new) - (change.end - change.start)
        end = change.end + shift
        at = next((ends[e] for e in range(end, end + 12) if e in ends), None)
        if at is not None:
            found.append((change.probability, at in right))
    return found


def main() -> None:
    """Judge all pages and print the table."""
    restoring.calibrated = lambda probability, _: probability
    damage = {"eng": Damage.NO_VIETNAMESE_MODEL, "vie": Damage.LIGHT}.get(sys.argv[2], Damage.MARKS_STRIPPED)
    found: list[tuple[float, bool]] = []
    if damage is Damage.MARKS_STRIPPED:
        true = sample(sys.argv[1], 600)
        for part in true.split("\n\n"):
            found += judged(without_marks(part), part, damage)
        report(found)
        return
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if sys.argv[2] in page:
            found += judged(canonical(page[sys.argv[2]]), "\n".join(page["true"]), damage)
    report(found)


def report(found: list[tuple[float, bool]]) -> None:
    """Print the table."""
    said, right = np.array([p for p, _ in found]), np.array([r for _, r in found])
    for low, high in pairwise(EDGES):
        here = (said >= low) & (said < high)
        if here.any():
            share = right[here].mean()
            print(f"{low:.6f}-{min(high, 1):.6f}  {here.sum():6d}  said {said[here].mean():.6f}  right {share:.4f}")
    for least in (0.9, 0.95, 0.99, 0.999):
        kept = said >= least
        print(f"at {least}: precision {right[kept].mean():.4f}, share made {kept.mean():.4f}")


if __name__ == "__main__":
    main()
