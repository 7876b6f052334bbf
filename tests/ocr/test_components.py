from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.components import connected


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.6, 1.0])
@pytest.mark.parametrize("size", [(1, 1), (60, 90), (900, 700)])
def test_the_same_components_as_with_long_labels(share, size):
    ink = (np.random.default_rng(7).random(size) < share) * np.uint8(255)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = connected(ink)
    assert len(found.stats) == count
    assert np.array_equal(found.labels, labels)
    assert np.array_equal(found.stats, stats)
    assert np.array_equal(found.centres, centres, equal_nan=True)


def test_more_components_than_short_labels_can_number():
    ink = np.zeros((1000, 1000), np.uint8)
    ink[::2, ::2] = 255
    found = connected(ink)
    assert len(found.stats) == 250_001
    assert int(found.labels.max()) == 250_000
