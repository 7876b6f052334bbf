"""Train the name reader on strips drawn while it learns.

    python -m train.names.train FONTS LISTS CHECKPOINT.pt --minutes 60 --seed 1

One process draws, one learns, each on one core. The learning rate falls to nothing over the time given, so that a run
ends when it should on any machine; a checkpoint is written every five minutes. ``--start`` goes on from a checkpoint.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import time
from multiprocessing.queues import Queue
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ocr.name_reader import ALPHABET, HEIGHT, strip_as_input
from train.names.drawing import Drawer
from train.names.network import NameNetwork

Strip = tuple[NDArray[np.float16], NDArray[np.int64]]

BATCH = 32
CHUNK = 512
KEPT = 40_000  # strips drawn last that batches are taken from
WIDEST = 720
RATE = 1.5e-3


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fonts", type=Path)
    parser.add_argument("lists", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    drawn: Queue[list[Strip]] = multiprocessing.get_context("spawn").Queue(maxsize=8)
    drawing = multiprocessing.get_context("spawn").Process(
        target=_draw, args=(given.fonts, given.lists, given.seed, drawn, os.getpid()), daemon=True
    )
    drawing.start()
    network = NameNetwork()
    if given.start:
        network.load_state_dict(torch.load(given.start, weights_only=True))
    _learn(network.to(memory_format=torch.channels_last), drawn, given.minutes * 60, given.checkpoint, given.seed)
    drawing.terminate()


def _draw(fonts: Path, lists: Path, seed: int, drawn: Queue[list[Strip]], parent: int) -> None:
    drawer = Drawer(fonts, lists, seed)
    while os.getppid() == parent:
        strips = []
        while len(strips) < CHUNK:
            image, text = drawer.draw()
            strip = strip_as_input(image)
            if strip.shape[1] <= WIDEST and set(text) <= set(ALPHABET):
                strips.append((strip.astype(np.float16), np.array([ALPHABET.index(c) + 1 for c in text])))
        drawn.put(strips, timeout=600)


def _learn(network: NameNetwork, drawn: Queue[list[Strip]], seconds: float, checkpoint: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.02, betas=(0.9, 0.98))
    ctc = nn.CTCLoss(zero_infinity=True)
    store: list[Strip] = []
    seen = made = steps = 0
    mean = 0.0
    started = told = saved = time.monotonic()
    network.train()
    while (gone := (time.monotonic() - started) / seconds) < 1:
        while not drawn.empty() or len(store) < CHUNK:
            store.extend(drawn.get())
            made += CHUNK
            del store[:-KEPT]
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, steps / 100) * (0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * gone)))
        strips, labels, widths, lengths = _batch(store, rng)
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(strips)
        likely = logits.float().log_softmax(2).transpose(0, 1)
        loss = ctc(likely, labels, widths, lengths)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        steps, seen = steps + 1, seen + len(strips)
        now = loss.item()
        mean = now if steps == 1 else 0.99 * mean + 0.01 * now
        if time.monotonic() - told > 30:
            told = time.monotonic()
            print(
                f"{(told - started) / 60:.1f} min, {steps} steps, {seen} seen, {made} drawn, loss {mean:.4f}",
                flush=True,
            )
        if time.monotonic() - saved > 300:
            saved = time.monotonic()
            torch.save(network.state_dict(), checkpoint)
    torch.save(network.state_dict(), checkpoint)


def _batch(
    store: list[Strip], rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Strips of about one width: the neighbours of a random one among many drawn by chance."""
    some = sorted((store[index] for index in rng.integers(0, len(store), 8 * BATCH)), key=lambda one: one[0].shape[1])
    first = int(rng.integers(0, 8)) * BATCH
    chosen = some[first : first + BATCH]
    wide = math.ceil(max(strip.shape[1] for strip, _ in chosen) / 16) * 16
    strips = np.zeros((len(chosen), 1, HEIGHT, wide), np.float32)
    for row, (strip, _) in enumerate(chosen):
        strips[row, 0, :, : strip.shape[1]] = strip
    labels = torch.from_numpy(np.concatenate([label for _, label in chosen]))
    widths = torch.tensor([max(1, math.ceil(strip.shape[1] / 4)) for strip, _ in chosen])
    lengths = torch.tensor([len(label) for _, label in chosen])
    return torch.from_numpy(strips).to(memory_format=torch.channels_last), labels, widths, lengths


if __name__ == "__main__":
    main()
