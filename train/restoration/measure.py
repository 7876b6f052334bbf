"""Measure restoration: the seed, pages read by Tesseract, marks stripped, clean text in, speed.

python measure.py seed BROKEN TRUTH | pages PAGES.jsonl LANGUAGE | stripped TEXT.xz N | clean TEXT.xz N
"""

from __future__ import annotations

import json
import lzma
import random
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from normalize.canonical import canonical
from normalize.diagnosis import Damage
from normalize.folding import fold_aligned
from normalize.restoration import restore


def errors(read: str, true: str) -> tuple[int, int, int, int]:
    """Character errors, characters, word errors, words; white space counts as one space."""
    r, t = read.split(), true.split()
    a, b = " ".join(r), " ".join(t)
    return Levenshtein.distance(a, b), len(b), Levenshtein.distance(r, t), len(t)


def show(label: str, read: str, true: str) -> None:
    """Print the error rates of a text."""
    ce, cn, we, wn = errors(read, true)
    fe, fn, _, _ = errors(fold_aligned(read), fold_aligned(true))
    print(f"{label}: CER {ce / cn:.2%} WER {we / wn:.2%} ({we}/{wn}) without marks {fe / fn:.2%}")


def differences(read: str, true: str) -> Counter:
    """What is still wrong, with counts."""
    r, t = read.split(), true.split()
    found: Counter = Counter()
    for tag, i, j, k, m in Levenshtein.opcodes(r, t):
        if tag != "equal":
            found[" ".join(r[i:j]), " ".join(t[k:m])] += 1
    return found


def seed(broken: str, truth: str) -> None:
    """The body of the guideline, broken and true."""
    b, t = canonical(Path(broken).read_text(encoding="utf-8")), canonical(Path(truth).read_text(encoding="utf-8"))
    began = time.process_time()
    done = restore(b)
    print(
        done.diagnosis.kind,
        f"{time.process_time() - began:.2f} s",
        f"{len(b.split()) / (time.process_time() - began):.0f} words a second",
    )
    lines, kept = done.text.splitlines(), b.splitlines()
    first = next(i for i, x in enumerate(kept) if "31/Q" in x)
    last = next(i for i, x in enumerate(kept) if "hién./" in x or "hien./" in x or "hi¢n./" in x)
    report = next(i for i, x in enumerate(kept) if fold_aligned(x).startswith(("de cuong", "pe cuong")))
    tl = t.splitlines()
    f2 = next(i for i, x in enumerate(tl) if "quyết định số 31/" in x)
    l2 = next(i for i, x in enumerate(tl) if "thống nhất thực hiện./." in x)
    r2 = next(i for i, x in enumerate(tl) if "ĐỀ CƯƠNG" in x)
    pick = lambda x, a, z, r: "\n".join(x[a : z + 1] + x[r:])  # noqa: E731
    true = pick(tl, f2, l2, r2)
    show("before", pick(kept, first, last, report), true)
    show("after", pick(lines, first, last, report), true)
    print(differences(pick(lines, first, last, report), true).most_common(90))


def load(damage: Damage) -> None:
    """Load the models, which is no part of the pace."""
    restore("Can cu", damage=damage)


def pages(path: str, language: str) -> None:
    """Pages of ``pages.py`` in one language."""
    read, true, done, count, spent = [], [], [], 0, 0.0
    damage = Damage.NO_VIETNAMESE_MODEL if language == "eng" else Damage.LIGHT
    load(damage)
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if language not in page:
            continue
        text = canonical(page[language])
        began = time.process_time()
        restored = restore(text, damage=damage)
        spent += time.process_time() - began
        read.append(text)
        true.append("\n".join(page["true"]))
        done.append(restored.text)
        count += len(text.split())
    show("before", "\n".join(read), "\n".join(true))
    show("after", "\n".join(done), "\n".join(true))
    print(f"{count / spent:.0f} words a second")
    print(differences("\n".join(done), "\n".join(true)).most_common(70))


def sample(path: str, count: int) -> str:
    """So many paragraphs, always the same."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        lines = [x.strip() for x in file if len(x) > 20]
    random.Random(5).shuffle(lines)
    return canonical("\n\n".join(lines[:count]))


def without_marks(text: str) -> str:
    """The text with all marks off, case kept."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def stripped(path: str, count: str) -> None:
    """Take the marks off and put them back."""
    true = sample(path, int(count))
    bare = without_marks(true)
    load(Damage.MARKS_STRIPPED)
    began = time.process_time()
    done = restore(bare, damage=Damage.MARKS_STRIPPED).text
    print(f"{len(true.split()) / (time.process_time() - began):.0f} words a second")
    show("before", bare, true)
    show("after", done, true)
    print(differences(done, true).most_common(60))


def clean(path: str, count: str) -> None:
    """Text that is right: how much is changed, with the gate and without."""
    true = sample(path, int(count))
    for damage in (None, Damage.LIGHT):
        done = restore(true, damage=damage)
        made = [c for c in done.changes if c.applied]
        print(damage, done.diagnosis.kind, len(made), "of", len(true.split()), f"{len(made) / len(true.split()):.4%}")
        print([(c.old, c.new, c.probability) for c in made[:40]])


if __name__ == "__main__":
    {"seed": seed, "pages": pages, "stripped": stripped, "clean": clean}[sys.argv[1]](*sys.argv[2:])
