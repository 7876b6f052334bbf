"""What each word of the vocabulary may be read as, with its candidates: what the context model trains on.

    python noisy_words.py LM_WORK MODELS OUT.npz --seed 1

For each kind of damage and each word, readings are drawn from the channel (whole syllables where the pages showed them
often enough, else onset and rhyme, else characters) and given to the candidate generator of the package, so that the
context model sees in training what it sees at run time: candidates with scores, not letters.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from normalize.diagnosis import Damage
from normalize.folding import fold_aligned
from normalize.restoration.candidates import Generator
from normalize.restoration.channel import LONGEST, Case, split_cased
from normalize.restoration.engine import generator_for, language_model

KEPT = 12
CASES = (Case.LOWER, Case.TITLE, Case.UPPER)
CASE_SHARES = (0.78, 0.14, 0.08)
CLASSES = ("surname", "middle", "given")


class Reader:
    """Draws what a word is read as.

    Args:
        path: A channel's ``.npz``, as channel.py writes it.
        chance: The random numbers.
    """

    def __init__(self, path: Path, chance: random.Random) -> None:
        self._chance = chance
        with np.load(path, allow_pickle=False) as file:
            tables = {name: _rows(file[f"{name}_pairs"], file[f"{name}_values"]) for name in ("char", "unit", "whole")}
        self._tables: dict[str, dict[str, tuple[list[str], list[float]]]] = {}
        for name, rows in tables.items():
            reads: dict[str, tuple[list[str], list[float]]] = defaultdict(lambda: ([], []))
            for true, read, value in rows:
                reads[true][0].append(read)
                reads[true][1].append(value)
            self._tables[name] = dict(reads)

    def read(self, word: str) -> str:
        """One reading of a word as it is written."""
        read = self._draw("whole", word, 10.0)
        if read is None:
            parts = split_cased(word)
            if parts is None:
                return word if self._chance.random() < 0.8 else "".join(map(self._letter, word))
            read = "".join(self._unit(kind, part) for kind, part in zip("OR", parts, strict=True) if part)
        return read[:LONGEST] or word

    def _unit(self, kind: str, part: str) -> str:
        read = self._draw("unit", kind + part, 3.0)
        return "".join(map(self._letter, part)) if read is None else read

    def _letter(self, letter: str) -> str:
        read = self._draw("char", letter, 0.0)
        return letter if read is None else read

    def _draw(self, table: str, true: str, doubt: float) -> str | None:
        """One of the readings that were counted, None as often as ``doubt`` more countings would say something else."""
        known = self._tables[table].get(true)
        if known is None:
            return None
        reads, counts = known
        total = sum(counts)
        if doubt and self._chance.random() > total / (total + doubt):
            return None
        return self._chance.choices(reads, counts)[0]


def _rows(pairs: np.ndarray, values: np.ndarray) -> list[tuple[str, str, float]]:
    split = [line.split("\t") for line in pairs.tobytes().decode("utf-8").split("\n")]
    return [(true, read, float(value)) for (true, read), value in zip(split, values.tolist(), strict=True)]


def drawn(
    kind: Damage, words: list[str], counts: np.ndarray, models: Path, chance: random.Random
) -> list[Counter[tuple[str, bool]]]:
    """For each word what it was read as, and whether among capitals, with counts."""
    channel = {Damage.NO_VIETNAMESE_MODEL: "channel-eng.npz", Damage.LIGHT: "channel-vie.npz"}.get(kind)
    reader = Reader(models / channel, chance) if channel else None
    names = name_parts(models)
    drawn_: list[Counter[tuple[str, bool]]] = []
    for number, word in enumerate(words):
        reads: Counter[tuple[str, bool]] = Counter()
        parts = names.get(word.strip("<>")) if word.startswith("<") else None
        if word.isalpha() or parts:
            times = int(np.clip(2.0 * counts[number] ** 0.4, 6, 120)) if reader else 12
            for _ in range(900 if parts else times):
                case = Case.TITLE if parts else chance.choices(CASES, CASE_SHARES)[0]
                cased = case.apply(chance.choices(*parts)[0] if parts else word)
                read = reader.read(cased) if reader else fold_aligned_cased(cased)
                reads[read, case is Case.UPPER] += 1
        drawn_.append(reads)
    return drawn_


def fold_aligned_cased(word: str) -> str:
    """The word without marks, its capitals kept."""
    return "".join(b.upper() if a.isupper() else b for a, b in zip(word, fold_aligned(word), strict=True))


def name_parts(models: Path) -> dict[str, tuple[list[str], list[float]]]:
    """Surnames, middle and given names with their counts."""
    with np.load(models / "names.npz", allow_pickle=False) as file:
        return {k: (file[k].tobytes().decode().split("\n"), file[f"{k}_counts"].tolist()) for k in CLASSES}


def candidate_rows(
    reads: list[tuple[str, bool]], generator: Generator, single: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Numbers and channel scores of the candidates of each reading, the likeliest first; -1 where there is none."""
    ids = np.full((len(reads), KEPT), -1, np.int16)
    scores = np.full((len(reads), KEPT), -30, np.float16)
    for at, (read, capitals) in enumerate(reads):
        found = [c for c in generator.candidates(read, "", capitals) if c.second < 0]
        found.sort(key=lambda c: -(c.score + single[c.word]))
        found = found[:KEPT]
        best = max(c.score for c in found)
        ids[at, : len(found)] = [c.word for c in found]
        scores[at, : len(found)] = [max(c.score - best, -30) for c in found]
    return ids, scores


def main() -> None:
    """Draw, look up candidates, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    model = language_model()
    counts = np.bincount(np.load(args.work / "flat.npy"), minlength=len(model.words))
    chance = random.Random(args.seed)
    tables: dict[str, np.ndarray] = {}
    for kind in (Damage.NO_VIETNAMESE_MODEL, Damage.MARKS_STRIPPED, Damage.LIGHT):
        began = time.time()
        words = drawn(kind, model.words, counts, args.models, chance)
        kinds = sorted({read for reads in words for read in reads})
        row = {read: at for at, read in enumerate(kinds)}
        ids, scores = candidate_rows(kinds, generator_for(kind), model.single)
        # Each word's readings as often as they were drawn, so that one uniform number picks one.
        flat = [np.repeat([row[r] for r in reads], list(reads.values())).astype(np.int32) for reads in words]
        tables |= {f"{kind}_ids": ids, f"{kind}_scores": scores, f"{kind}_readings": np.concatenate(flat)}
        tables[f"{kind}_counts"] = np.array([len(f) for f in flat], np.int32)
        print(kind, "readings", len(kinds), f"{time.time() - began:.0f} s", flush=True)
    np.savez(args.out, **tables)


if __name__ == "__main__":
    main()
