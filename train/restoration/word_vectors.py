"""First vectors of words for the context model: which words stand beside them, by truncated SVD.

    python word_vectors.py LM_WORK OUT.npy

Positive pointwise mutual information with the neighbours one and two places before and behind, square roots of the
singular values. The context model starts from these: words that are rare in its windows begin near their likes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch

WIDTH = 256


def neighbours(flat: np.ndarray, size: int, distance: int) -> np.ndarray:
    """How often each word stands ``distance`` places before each other: (words, words)."""
    keys = flat[:-distance].astype(np.int64) * size + flat[distance:]
    counts = np.bincount(keys, minlength=size * size).astype(np.float32)
    return counts.reshape(size, size)


def information(counts: np.ndarray) -> np.ndarray:
    """Positive pointwise mutual information; contexts to the power 0.75, so that rare ones weigh less."""
    total = counts.sum()
    rows, columns = counts.sum(1, keepdims=True) + 1, counts.sum(0, keepdims=True) ** 0.75 + 1
    columns *= total / columns.sum()
    result = np.log(np.maximum(counts, 1e-9) * total / (rows * columns))
    return np.maximum(result, 0, out=result)


def main() -> None:
    """Count, factor, write."""
    work, out = Path(sys.argv[1]), Path(sys.argv[2])
    flat = np.load(work / "flat.npy")
    size = int(flat.max()) + 1
    near, far = neighbours(flat, size, 1), neighbours(flat, size, 2)
    near += 0.5 * far
    table = torch.from_numpy(np.hstack([information(near), information(near.T)]))
    torch.manual_seed(1)
    u, s, _ = torch.svd_lowrank(table, q=WIDTH + 16, niter=2)
    vectors = (u * s.sqrt())[:, :WIDTH].numpy()
    np.save(out, (vectors / vectors.std()).astype(np.float32))


if __name__ == "__main__":
    main()
