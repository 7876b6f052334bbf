"""How far the search's own probabilities can be trusted, as measured on held-out pages.

The search takes a word's neighbours for certain, so it is surer than it should be. The points were measured with
train/restoration/reliability.py on 24 pages of official text that no part of the model has seen (8,300 changed words).
"""

from __future__ import annotations

from math import log10
from typing import Final

from normalize.diagnosis import Damage

__all__ = ["calibrated"]

# Probability by the search, and share of words that were right.
_MEASURED: Final = (
    (0.0, 0.1),
    (0.43, 0.17),
    (0.6, 0.44),
    (0.751, 0.51),
    (0.857, 0.615),
    (0.925, 0.70),
    (0.968, 0.82),
    (0.9853, 0.86),
    (0.992, 0.92),
    (0.9977, 0.935),
    (0.99962, 0.98),
    (0.99996, 0.992),
    (0.999995, 0.9955),
    (0.9999999, 0.9985),
)
_NINES: Final = tuple((-log10(1 - said), right) for said, right in _MEASURED)


def calibrated(probability: float, damage: Damage) -> float:
    """The share of words right at this probability of the search, by straight lines over its number of nines.

    Light damage keeps the search's own figure: too few words are changed to measure it.
    """
    if damage is Damage.LIGHT:
        return probability
    nines = -log10(max(1 - probability, 1e-9))
    low = _NINES[0]
    for high in _NINES[1:]:
        if nines <= high[0]:
            return low[1] + (high[1] - low[1]) * (nines - low[0]) / (high[0] - low[0])
        low = high
    return low[1]
