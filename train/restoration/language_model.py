"""Count n-grams of the training text and write the language model.

    python language_model.py TEXT_FOLDER LISTS_FOLDER WORK_FOLDER OUT.npz [--floor3 2] [--floor4 6]

Privacy: paragraphs are taken once; numbers and codes become classes; a surname with the names that follow it becomes
class tokens (places of the official lists excepted); no n-gram of order 2 or more seen in fewer than three paragraphs
is kept, nor a word seen in fewer than twenty.

Model: interpolated absolute discounting, single words half on continuation counts (Kneser-Ney), pruned n-grams' mass
given to the shorter one. Log probabilities are stored as bytes, words as 16-bit numbers, n-grams as a tree of children.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import time
from collections import Counter
from pathlib import Path

import numpy as np

from normalize.canonical import canonical
from normalize.restoration.language import STEP
from normalize.restoration.tokens import lm_words
from normalize.syllables import is_syllable

# Weight of each collection's counts: the genre up, general prose down.
WEIGHTS = {
    "phapdien_tdkt_29.1": 4.0,
    "vbpl_2025_tnt305": 3.0,
    "chinhphu_policy_news": 2.5,
    "nguoicong_ubnd_congbot": 3.0,
    "vbpl_pccc_dvc": 1.0,
    "luat_vlc_uts": 1.0,
    "phapdien": 1.0,
    "viwiki_politics_2025": 0.5,
    "viwiki_2017_uts": 0.4,
}
CLASSES = ["<unk>", "<s>", "</s>", "<p>", "<,>", "<num>", "<code>", "<surname>", "<middle>", "<given>"]
WORD_LIMIT = 14_000
KEEP = 3  # paragraphs an n-gram must be seen in
DISCOUNT = 0.8


def name_lists(lists: Path) -> tuple[dict[str, int], dict[str, int], dict[str, int], set[str]]:
    """Surnames, middle and given names with counts, and the names of places."""
    parts = []
    for kind in ("surname", "middle", "given"):
        with (lists / f"name_{kind}_freq.tsv").open(encoding="utf-8") as file:
            parts.append({n.lower(): int(c) for n, c in csv.reader(file, delimiter="\t") if is_syllable(n)})
    places = {"hồ chí minh"}
    for name in ("dvhc_2025_34tinh.tsv", "dvhc_history_2019_2025.tsv"):
        with (lists / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                words = row["name"].lower().split()
                kind = len(row["type"].split())
                places.update(" ".join(words[k:]) for k in {1, 2, kind} if len(words) - k >= 2)
    return parts[0], parts[1], parts[2], places


def mask_names(words: list[str], surnames: dict[str, int], places: set[str]) -> list[str]:
    """Personal names (surname and up to three capitalised syllables) as class tokens; everything in lower case."""
    out: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        lower = word.lower()
        if word[0].isupper() and not word.isupper() and lower in surnames:
            end = at + 1
            while end < len(words) and end - at < 4 and words[end].istitle() and is_syllable(words[end]):
                end += 1
            spoken = " ".join(words[at:end]).lower()
            place = any(" ".join(words[at:stop]).lower() in places for stop in range(at + 2, end + 1))
            if end - at >= 2 and not place and spoken not in places:
                out += ["<surname>", *["<middle>"] * (end - at - 2), "<given>"]
                at = end
                continue
        out.append(lower)
        at += 1
    return out


def encode(texts: Path, lists: Path, work: Path) -> None:
    """Tokenise everything once: word numbers, paragraph numbers, weights, vocabulary, into WORK."""
    surnames, _, _, places = name_lists(lists)
    held = set()
    for name in ("laocai_sct_official", "ud_vtb"):
        with lzma.open(texts / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
            held |= {hash(line.strip().lower()) for line in file}
    seen: set[int] = set()
    stream: list[np.ndarray] = []
    weights: list[float] = []
    numbers: dict[str, int] = {}
    for name, weight in WEIGHTS.items():
        began, kept = time.time(), 0
        with lzma.open(texts / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
            for line in file:
                key = hash(line.strip().lower())
                if key in seen or key in held:
                    continue
                seen.add(key)
                words = mask_names(lm_words(canonical(line)), surnames, places)
                if len(words) < 3:
                    continue
                stream.append(np.array([numbers.setdefault(w, len(numbers)) for w in words], np.int32))
                weights.append(weight)
                kept += 1
        print(name, kept, f"{time.time() - began:.0f} s", flush=True)
    counts = np.zeros(len(numbers), np.int64)
    for part in stream:
        np.add.at(counts, part, 1)
    words = sorted(numbers, key=lambda w: -counts[numbers[w]])
    kept_words = [w for w in words if w not in CLASSES and counts[numbers[w]] >= 20 and plain(w)][:WORD_LIMIT]
    vocabulary = CLASSES + kept_words
    new = np.zeros(len(numbers), np.uint16)
    for number, word in enumerate(vocabulary):
        if word in numbers:
            new[numbers[word]] = number
    lengths = np.array([len(part) + 2 for part in stream])
    flat = np.empty(lengths.sum(), np.uint16)
    at = 0
    for part in stream:
        flat[at] = 1
        flat[at + 1 : at + 1 + len(part)] = new[part]
        flat[at + 1 + len(part)] = 2
        at += len(part) + 2
    np.save(work / "flat.npy", flat)
    np.save(work / "lengths.npy", lengths)
    np.save(work / "weights.npy", np.array(weights, np.float32))
    (work / "vocabulary.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    print("tokens", len(flat), "vocabulary", len(vocabulary), Counter(map(is_syllable, kept_words)))


def plain(word: str) -> bool:
    """Whether a word may be in the vocabulary: letters only."""
    return word.isalpha() and len(word) <= 12


def grams(flat: np.ndarray, paragraph: np.ndarray, weight: np.ndarray, order: int) -> tuple[np.ndarray, ...]:
    """All n-grams of an order inside paragraphs: sorted keys, weighted counts, counts, paragraphs."""
    n = len(flat) - order + 1
    inside = paragraph[:n] == paragraph[order - 1 :]
    key = np.zeros(n, np.uint64)
    for k in range(order):
        key = (key << np.uint64(16)) | flat[k : n + k]
    position = np.flatnonzero(inside)
    key = key[position]
    turn = np.argsort(key, kind="stable")
    key, position = key[turn], position[turn]
    where = paragraph[position]
    new = np.r_[True, key[1:] != key[:-1]]
    start = np.flatnonzero(new)
    counts = np.add.reduceat(weight[where].astype(np.float64), start)
    seen = np.diff(np.r_[start, len(key)])
    distinct = np.add.reduceat((new | np.r_[True, where[1:] != where[:-1]]).astype(np.int64), start)
    return key[start], counts, seen, distinct


def has_unknown(key: np.ndarray, order: int) -> np.ndarray:
    """Whether an n-gram holds a word outside the vocabulary."""
    return np.logical_or.reduce([((key >> np.uint64(16 * k)) & np.uint64(0xFFFF)) == 0 for k in range(order)])


def build(work: Path, out: Path, floors: tuple[float, float]) -> None:
    """Count, smooth, prune, write.

    Args:
        work: Folder with the encoded text.
        out: Where to write.
        floors: For trigrams and 4-grams: the least (weighted count times gain over the shorter history) kept.
    """
    flat, lengths = np.load(work / "flat.npy"), np.load(work / "lengths.npy")
    weight = np.load(work / "weights.npy")
    vocabulary = (work / "vocabulary.txt").read_text(encoding="utf-8")
    size = len(vocabulary.split("\n"))
    paragraph = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    value = single_words(flat, weight[paragraph], paragraph, size)
    tables = {"vocabulary": np.frombuffer(vocabulary.encode(), np.uint8), "single": quantise(value)}
    parent = np.arange(size, dtype=np.uint64)
    for order in (2, 3, 4):
        began = time.time()
        key, counts, seen, distinct = grams(flat, paragraph, weight, order)
        total = spread(counts, key >> np.uint64(16))
        keep = (distinct >= KEEP) & ~has_unknown(key, order)
        if order > 2:
            keep &= np.isin(key >> np.uint64(16), parent) & np.isin(key & mask(order - 1), parent)
        key, counts, seen, total = (x[keep] for x in (key, counts, seen, total))
        share = counts * (1 - np.minimum(DISCOUNT / seen, 0.9)) / total
        shorter = value[np.searchsorted(parent, key & mask(order - 1))]
        left = np.maximum(1 - spread(share, key >> np.uint64(16)), 1e-4)
        if order > 2:
            gain = counts * np.log1p(share / (left * np.exp(shorter)))
            good = gain >= floors[order - 3]
            key, share, shorter = key[good], share[good], shorter[good]
            left = np.maximum(1 - spread(share, key >> np.uint64(16)), 1e-4)
        history = np.searchsorted(parent, key >> np.uint64(16))
        weights = np.zeros(len(parent))
        weights[history] = np.log(left)
        tables[f"weight{order - 1}"] = quantise(weights)
        tables[f"children{order - 1}"] = np.bincount(history, minlength=len(parent)).astype(np.uint16)
        tables[f"word{order}"] = (key & np.uint64(0xFFFF)).astype(np.uint16)
        value = np.log(share + left * np.exp(shorter))
        tables[f"value{order}"] = quantise(value)
        parent = key
        print(order, "kept", len(key), f"{time.time() - began:.0f} s", flush=True)
    np.savez_compressed(out, **tables)
    print(out, out.stat().st_size)


def single_words(flat: np.ndarray, weight: np.ndarray, paragraph: np.ndarray, size: int) -> np.ndarray:
    """Log probabilities of single words: half by count, half by how many different words they follow (Kneser-Ney)."""
    counts = np.bincount(flat, weights=weight, minlength=size)
    pairs, *_ = grams(flat, paragraph, np.ones(paragraph[-1] + 1, np.float32), 2)
    company = np.bincount((pairs & np.uint64(0xFFFF)).astype(np.int64), minlength=size) + 0.1
    counts[1] = company[1] = 0
    return np.log(np.maximum(0.5 * company / company.sum() + 0.5 * counts / counts.sum(), 1e-9))


def spread(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Sum over each run of equal groups, given back to every member."""
    start = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    return np.repeat(np.add.reduceat(values, start), np.diff(np.r_[start, len(group)]))


def mask(order: int) -> np.uint64:
    """Selects the last words of a key."""
    return np.uint64((1 << (16 * order)) - 1)


def quantise(logp: np.ndarray) -> np.ndarray:
    """Natural logarithms as bytes."""
    return np.clip(np.round(-logp / STEP), 0, 255).astype(np.uint8)


def main() -> None:
    """Encode if need be, count, smooth, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path)
    parser.add_argument("lists", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--floor3", type=float, default=2.0)
    parser.add_argument("--floor4", type=float, default=6.0)
    args = parser.parse_args()
    args.work.mkdir(exist_ok=True)
    if not (args.work / "flat.npy").exists():
        encode(args.texts, args.lists, args.work)
    build(args.work, args.out, (args.floor3, args.floor4))


if __name__ == "__main__":
    main()
