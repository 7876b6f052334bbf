"""The network: convolutions over the strip, then over its columns with growing reach; letters by CTC.

Columns are four pixels of the strip wide. 1.8 million weights; 0.3 G multiplications for a name of 300 pixels.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ocr.name_reader import ALPHABET

__all__ = ["CLASSES", "NameNetwork"]

CLASSES = len(ALPHABET) + 1


class _Layer(nn.Sequential):
    """Convolution and normalisation, with a rectifier unless it is the last before a sum."""

    def __init__(
        self,
        before: int,
        after: int,
        kernel: tuple[int, int] = (3, 3),
        stride: tuple[int, int] = (1, 1),
        reach: int = 1,
        *,
        flat: bool = False,
    ) -> None:
        around = (kernel[0] // 2, reach * (kernel[1] // 2))
        super().__init__(
            nn.Conv2d(before, after, kernel, stride, around, (1, reach), bias=False),
            nn.BatchNorm2d(after),
            nn.Identity() if flat else nn.ReLU(inplace=True),
        )


class _Block(nn.Module):
    """Two convolutions over the columns, added to what came in."""

    def __init__(self, wide: int, reach: int) -> None:
        super().__init__()
        self.inside = nn.Sequential(
            _Layer(wide, wide, (1, 3), reach=reach), _Layer(wide, wide, (1, 3), reach=reach, flat=True)
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.inside(x))


class NameNetwork(nn.Module):
    """Strips (N x 1 x 40 x W, 0 paper to 1 ink) to logits (N x W/4 x classes)."""

    def __init__(self, wide: int = 224) -> None:
        super().__init__()
        self.picture = nn.Sequential(
            _Layer(1, 32, (5, 5), (2, 2)),  # 20 x W/2
            _Layer(32, 64, stride=(2, 2)),  # 10 x W/4
            _Layer(64, 96),
            _Layer(96, 128, stride=(2, 1)),  # 5 x W/4
            _Layer(128, 160),
        )
        self.down = nn.Sequential(nn.Conv2d(160, wide, (5, 1), bias=False), nn.BatchNorm2d(wide), nn.ReLU(inplace=True))
        self.along = nn.Sequential(*(_Block(wide, reach) for reach in (1, 2, 4, 8)))
        self.letters = nn.Conv2d(wide, CLASSES, 1)

    def forward(self, strips: Tensor) -> Tensor:
        columns = self.along(self.down(self.picture(strips)))
        return self.letters(nn.functional.dropout(columns, 0.05, self.training))[:, :, 0].transpose(1, 2)
