"""Learn the channel: what each letter, onset, rhyme and syllable becomes when it is read by the wrong model.

    python channel.py OUT.npz --published PAIRS.jsonl.xz --pages PAGES.jsonl --language eng

EM over word pairs: each true character makes 0 to 3 read characters. With the best alignments, what each onset and each
toned rhyme became is counted, then what each whole syllable became. At run time the three stand one behind the other
(syllable, then onset + rhyme, then characters).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from alignment import page_pairs, published_pairs, word_pairs

from normalize.restoration.channel import FLOORS, LONGEST, split_cased

ROUNDS = 6


def learn_characters(pairs: Counter[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """EM: probability of each read segment for each true character."""
    prob: dict[tuple[str, str], float] = {}
    start = lambda c, s: 0.5 if s == c else (0.02, 0.05, 0.01, 0.002)[len(s)]  # noqa: E731
    for _ in range(ROUNDS):
        expected: dict[tuple[str, str], float] = defaultdict(float)
        get = (lambda c, s, p=prob: p.get((c, s)) or FLOORS[len(s)]) if prob else start
        for (true, read), count in pairs.items():
            n, m = len(true), len(read)
            if not (m <= 3 * n and n <= 3 * m + 2):
                continue
            step = [
                [[get(true[i], read[j : j + k]) if j + k <= m else 0.0 for k in range(4)] for j in range(m + 1)]
                for i in range(n)
            ]
            forward = [[0.0] * (m + 1) for _ in range(n + 1)]
            forward[0][0] = 1.0
            for i in range(n):
                for j in range(m + 1):
                    f = forward[i][j]
                    if f:
                        for k in range(min(4, m - j + 1)):
                            forward[i + 1][j + k] += f * step[i][j][k]
            total = forward[n][m]
            if total < 1e-30:
                continue
            backward = [[0.0] * (m + 1) for _ in range(n + 1)]
            backward[n][m] = 1.0
            weight = min(count, 200) / total
            for i in range(n - 1, -1, -1):
                for j in range(m + 1):
                    b = 0.0
                    for k in range(min(4, m - j + 1)):
                        part = step[i][j][k] * backward[i + 1][j + k]
                        if part:
                            b += part
                            if forward[i][j]:
                                expected[true[i], read[j : j + k]] += weight * forward[i][j] * part
                    backward[i][j] = b
        totals: dict[str, float] = defaultdict(float)
        for (c, _), e in expected.items():
            totals[c] += e
        prob = {(c, s): e / (totals[c] + 0.5) for (c, s), e in expected.items() if e > 0.05}
    return prob


def best_cut(true: str, read: str, at: int, prob: dict[tuple[str, str], float]) -> int | None:
    """Where the first ``at`` true characters end in the read word, on the best alignment."""
    n, m = len(true), len(read)
    best: list[dict[int, tuple[float, int]]] = [{0: (1.0, 0)}]
    for i in range(n):
        here: dict[int, tuple[float, int]] = {}
        for j, (p, cut) in best[i].items():
            for k in range(min(4, m - j + 1)):
                q = p * (prob.get((true[i], read[j : j + k])) or FLOORS[k])
                if q > here.get(j + k, (0.0, 0))[0]:
                    here[j + k] = (q, j + k if i + 1 == at else cut)
        best.append(here)
    return best[n][m][1] if m in best[n] else None


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--published", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--language", default="eng")
    args = parser.parse_args()
    rows = published_pairs(args.published) if args.published else []
    rows += page_pairs(args.pages, args.language) if args.pages else []
    pairs = word_pairs(rows)
    print("word pairs", sum(pairs.values()), "kinds", len(pairs), flush=True)
    prob = learn_characters(pairs)
    units: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    for (true, read), count in pairs.items():
        parts = split_cased(true)
        if parts is None or len(read) > LONGEST:
            continue
        onset, rhyme = parts
        cut = best_cut(true, read, len(onset), prob) if onset else 0
        if cut is None:
            continue
        if onset:
            units["O" + onset, read[:cut]] += count
        units["R" + rhyme, read[cut:]] += count
        whole[true, read] += count
    write(args.out, prob, units, whole)


def write(out: Path, prob: dict[tuple[str, str], float], units: Counter, whole: Counter) -> None:
    """Three tables of strings and numbers."""
    chars = [(c, s, p) for (c, s), p in sorted(prob.items()) if p > 2e-5 or len(s) == 0]
    kept_units = [(t, r, n) for (t, r), n in sorted(units.items())]
    kept_whole = [(t, r, n) for (t, r), n in sorted(whole.items()) if n >= 2]
    tables = {}
    for name, rows in (("char", chars), ("unit", kept_units), ("whole", kept_whole)):
        strings = "\n".join(f"{a}\t{b}" for a, b, _ in rows)
        tables[f"{name}_pairs"] = np.frombuffer(strings.encode(), np.uint8)
        tables[f"{name}_values"] = np.array([v for *_, v in rows], np.float32 if name == "char" else np.uint32)
    # Totals of whole syllables, those seen once included, so that what is rare keeps its mass.
    totals: Counter[str] = Counter()
    for (true, _), n in whole.items():
        totals[true] += n
    names = sorted(totals)
    tables["total_words"] = np.frombuffer("\n".join(names).encode(), np.uint8)
    tables["total_values"] = np.array([totals[w] for w in names], np.uint32)
    np.savez_compressed(out, **tables)
    print(json.dumps({k: len(v) for k, v in tables.items()}), out.stat().st_size)


if __name__ == "__main__":
    main()
