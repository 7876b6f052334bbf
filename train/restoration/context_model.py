"""Train the context model: which candidate of each read word fits the words around it.

    python context_model.py LM_WORK NOISY.npz VECTORS.npy LANGUAGE.npz CHECKPOINT.pt --minutes 60 --seed 1

``--start`` goes on from an earlier model, which may have fewer layers.

Input at each position: the mean of its candidates' vectors, weighted by channel and word frequency; classes (numbers,
punctuation) have a vector of their own. Gated convolutions with growing reach and an attention layer mix the positions
of a window (attention finds the same word read better elsewhere). Output: a vector whose product with a candidate's
output vector is added to its channel score; the loss is cross-entropy among the candidates. Stops and resumes.

One thread a process: two that wait for each other at every operation were slower on a busy machine.

Tried and left: reading what a first search chose instead of the candidates, two towers that never see their own
position (4.0 against 4.7 % wrong choices after the first 3.3 million words, a third less time a step; but wrong words
stand together in damaged text, and after the same time the gain on pages was the same); attention after every third
layer; four more layers on top (reaches 4, 8, 2, 1) and 49 million more words in 125 minutes: wrong choices 1.55 ->
1.30 %, but pages 3.56 -> 3.43 %, general prose without marks 9.2 -> 8.9 %, the guideline 1.41 -> 1.53 % with three
right words broken instead of one, at a third more time. The mean of both sets of weights was no better than the first.
Two thirds as many words again for the model as it is: 1.55 -> 0.84 %, and nothing on texts that it had not seen.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch import distributed as dist
from torch.nn import functional as F  # noqa: N812 the name all of torch's users know

from normalize.diagnosis import Damage
from normalize.restoration.language import LanguageModel

WINDOW = 256
BATCH = 32
KEPT = 8  # candidates a position in training: more cost memory traffic and hardly ever hold the true word
WIDTH = 256
REACHES = (1, 2, 4, 8, 2, 1)
ATTENTION_AFTER = 3
HEADS = 4
# Of the windows, in the order of the encoded text: administrative documents, law, general prose, public lists of names.
SHARES = (0.23, 0.32, 0.43, 0.02)
ENDS = (3_485_649, 30_502_852, 59_020_905)  # tokens up to the end of each, as language_model.py counted them
KINDS = ((Damage.NO_VIETNAMESE_MODEL, 0.5), (Damage.MARKS_STRIPPED, 0.38), (Damage.LIGHT, 0.12))


class Shifted(torch.autograd.Function):
    """Each position beside those at distance ``reach`` before and behind: (b, n, d) -> (b, n, 3 d).

    Written out because the backward pass of pad, slice and cat fills and adds whole tensors, half of a step's time.
    """

    @staticmethod
    def forward(ctx: Any, y: Tensor, reach: int) -> Tensor:
        ctx.reach = reach
        out = y.new_zeros((*y.shape[:2], 3 * WIDTH))
        out[:, reach:, :WIDTH] = y[:, :-reach]
        out[:, :, WIDTH : 2 * WIDTH] = y
        out[:, :-reach, 2 * WIDTH :] = y[:, reach:]
        return out

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None]:
        reach = ctx.reach
        back = grad[:, :, WIDTH : 2 * WIDTH].clone()
        back[:, :-reach] += grad[:, reach:, :WIDTH]
        back[:, reach:] += grad[:, :-reach, 2 * WIDTH :]
        return back, None


def shifted(y: Tensor, reach: int) -> Tensor:
    """The same as :class:`Shifted`, in operations that ONNX has."""
    n = y.shape[1]
    wide = F.pad(y, (0, 0, reach, reach))
    return torch.cat([wide[:, :n], wide[:, reach : reach + n], wide[:, 2 * reach : 2 * reach + n]], -1)


class Linear(nn.Linear):
    """Weights in float32, cast to what comes in: bfloat16 in training."""

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight.to(x.dtype), self.bias.to(x.dtype))


class Norm(nn.LayerNorm):
    """The same for layer normalisation."""

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.normalized_shape, self.weight.to(x.dtype), self.bias.to(x.dtype), self.eps)


class Mixing(nn.Module):
    """One gated convolution over the positions at distance ``reach``, added to its input."""

    def __init__(self, reach: int) -> None:
        super().__init__()
        self.reach = reach
        self.norm = Norm(WIDTH)
        self.inner = Linear(3 * WIDTH, 2 * WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        near = Shifted.apply(y, self.reach) if self.training else shifted(y, self.reach)
        return x + F.glu(self.inner(near))


class Attention(nn.Module):
    """Plain self-attention without positions (the convolutions know the order)."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = Norm(WIDTH)
        self.inner = Linear(WIDTH, 3 * WIDTH)
        self.outer = Linear(WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        b, n, _ = x.shape
        q, k, v = self.inner(self.norm(x)).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v)
        return x + self.outer(y.transpose(1, 2).reshape(b, n, WIDTH))


class Body(nn.Module):
    """Vectors of positions in, vectors that candidates are held against out: (batch, positions, WIDTH) both."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for at, reach in enumerate(REACHES):
            layers.append(Mixing(reach))
            if at == ATTENTION_AFTER:
                layers.append(Attention())
        self.layers = nn.Sequential(*layers)
        self.norm = Norm(WIDTH)
        self.outer = Linear(WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        return self.outer(self.norm(self.layers(x)))


class ContextModel(nn.Module):
    """Body and the vectors of words."""

    def __init__(self, single: Tensor, vectors: Tensor) -> None:
        super().__init__()
        self.enter = nn.EmbeddingBag.from_pretrained(0.5 * vectors, freeze=False, mode="sum")
        self.body = Body()
        self.leave = nn.Embedding.from_pretrained(0.1 * vectors, freeze=False)
        self.bias = nn.Parameter(single.clone())
        self.channel = nn.Parameter(torch.ones(()))
        self.register_buffer("single", single)

    def forward(self, ids: Tensor, scores: Tensor, wanted: Tensor) -> Tensor:
        """Score of each candidate of the wanted positions.

        Args:
            ids: (batch, positions, candidates): numbers of words, -1 where there is none.
            scores: The same shape: natural logarithms of the channel, 0 for the best of a position.
            wanted: (batch, positions): of which positions.
        """
        b, n, k = ids.shape
        there = ids >= 0
        words = ids.clamp(min=0)
        weight = torch.softmax((scores + self.single[words]).masked_fill(~there, -1e4), -1)
        x = self.enter(words.view(-1, k), per_sample_weights=weight.view(-1, k)).view(b, n, WIDTH)
        h = self.body(x.to(torch.bfloat16))[wanted]
        words, scores, there = words[wanted], scores[wanted], there[wanted]
        out = F.embedding(words, self.leave.weight.to(torch.bfloat16))
        fit = torch.matmul(out, h.unsqueeze(-1)).squeeze(-1).float()
        return (fit + self.bias[words] + self.channel * scores).masked_fill(~there, -1e4)


@dataclass
class Windows:
    """Random windows of the text, damaged at random."""

    flat: np.ndarray
    ids: np.ndarray
    scores: np.ndarray
    readings: np.ndarray
    first: np.ndarray  # (kinds, words): where a word's readings begin
    count: np.ndarray  # (kinds, words)
    low: np.ndarray  # where each kind of text begins
    high: np.ndarray
    chance: np.random.Generator

    @classmethod
    def load(cls, work: Path, noisy: Path, seed: int) -> Windows:
        flat = np.load(work / "flat.npy")
        with np.load(noisy) as file:
            ids, scores, readings, first, count = [], [], [], [], []
            rows = drawn = 0
            for kind, _ in KINDS:
                ids.append(file[f"{kind}_ids"][:, :KEPT])
                scores.append(file[f"{kind}_scores"][:, :KEPT])
                readings.append(file[f"{kind}_readings"] + rows)
                counts = file[f"{kind}_counts"].astype(np.int64)
                first.append(np.cumsum(counts) - counts + drawn)
                count.append(counts)
                rows += len(ids[-1])
                drawn += len(readings[-1])
        size = count[0].size
        # Classes and words without readings stand for themselves.
        ids.append(np.full((size, KEPT), -1, np.int16))
        ids[-1][:, 0] = np.arange(size)
        scores.append(np.full((size, KEPT), -30, np.float16))
        scores[-1][:, 0] = 0
        readings.append(np.arange(size, dtype=np.int32) + rows)
        for f, c in zip(first, count, strict=True):
            none = c == 0
            f[none] = drawn + np.flatnonzero(none)
            c[none] = 1
        return cls(
            flat,
            np.concatenate(ids),
            np.concatenate(scores),
            np.concatenate(readings),
            np.array(first),
            np.array(count),
            np.array([0, *ENDS]),
            np.array([*ENDS, len(flat)]),
            np.random.default_rng(seed),
        )

    def batch(self, size: int = BATCH) -> tuple[Tensor, Tensor, Tensor]:
        """Candidates, their scores, and which of them is true (-1: none or nothing to choose)."""
        of = self.chance.choice(len(SHARES), size, p=SHARES)
        room = 2 * WINDOW
        starts = (self.low[of] + self.chance.random(size) * (self.high - self.low - room)[of]).astype(np.int64)
        true = np.empty((size, WINDOW), np.int64)
        for row, start in enumerate(starts):
            words = self.flat[start : start + room]
            if row % 2:  # lines of a page run on without a sign of where paragraphs end
                words = words[(words != 1) & (words != 2)]
            true[row] = words[:WINDOW] if len(words) >= WINDOW else self.flat[start : start + WINDOW]
        kind = self.chance.choice(len(KINDS), (size, 1), p=[share for _, share in KINDS])
        drawn = self.first[kind, true] + (self.chance.random(true.shape) * self.count[kind, true]).astype(np.int64)
        reading = self.readings[drawn]
        ids = self.ids[reading].astype(np.int64)
        same = ids == true[:, :, None]
        target = np.where(same.any(-1) & (ids[:, :, 1] >= 0), same.argmax(-1), -1)
        scores = self.scores[reading].astype(np.float32)
        return torch.from_numpy(ids), torch.from_numpy(scores), torch.from_numpy(target)


def begin_from(model: ContextModel, checkpoint: Path) -> None:
    """Take over the weights of an earlier model; layers that it lacks add nothing at first."""
    for layer in model.body.layers:
        if isinstance(layer, Mixing):
            nn.init.zeros_(layer.inner.weight)
            nn.init.zeros_(layer.inner.bias)
    model.load_state_dict(torch.load(checkpoint)["model"], strict=False)


def train(model: ContextModel, windows: Windows, minutes: float, peak: float, out: Path) -> None:
    """Train for so many minutes; the learning rate falls from ``peak`` to nothing at their end."""
    decay = [p for p in model.parameters() if p.dim() == 2]
    rest = [p for p in model.parameters() if p.dim() != 2]
    optimizer = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}], lr=peak, betas=(0.9, 0.98)
    )
    spent, step = 0.0, 0
    if out.exists():
        state = torch.load(out)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        spent, step = state["spent"], state["step"]
    model.train()
    began, saved, shown = time.time() - spent, time.time(), [0.0, 0.0, 0]
    while (done := agreed((time.time() - began) / 60 / minutes)) < 1:
        rate = peak * min(1.0, (step + 1) / 150) * (0.5 + 0.5 * math.cos(math.pi * done))
        for group in optimizer.param_groups:
            group["lr"] = rate
        ids, scores, target = windows.batch()
        chosen = target >= 0
        logits, target = model(ids, scores, chosen), target[chosen]
        loss = F.cross_entropy(logits, target)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if dist.is_initialized():
            average_gradients(model)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        wrong = (logits.argmax(-1) != target).float().mean().item()
        shown = [shown[0] + loss.item(), shown[1] + wrong, shown[2] + 1]
        if step % 50 == 0 or step == 5:
            speed = step * BATCH * WINDOW / (time.time() - began)
            a, b, c = shown
            print(f"{step} {done:.3f} loss {a / c:.4f} wrong {b / c:.4%} {speed:.0f} tokens/s", flush=True)
            shown = [0.0, 0.0, 0]
        if time.time() - saved > 300:
            save(model, optimizer, time.time() - began, step, out)
            saved = time.time()
    save(model, optimizer, time.time() - began, step, out)


def agreed(value: float) -> float:
    """What the first process says."""
    if not dist.is_initialized():
        return value
    shared = torch.tensor(value, dtype=torch.float64)
    dist.broadcast(shared, 0)
    return shared.item()


def average_gradients(model: ContextModel) -> None:
    """Each process has read windows of its own."""
    for parameter in model.parameters():
        dist.all_reduce(parameter.grad)
        parameter.grad /= dist.get_world_size()


def save(model: ContextModel, optimizer: torch.optim.Optimizer, spent: float, step: int, out: Path) -> None:
    """Write a checkpoint, whole or not at all."""
    if dist.is_initialized() and dist.get_rank():
        return
    part = out.with_suffix(".part")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "spent": spent, "step": step}, part)
    part.replace(out)


def main() -> None:
    """Train or go on training."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("noisy", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("language", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--peak", type=float, default=3e-3, help="highest learning rate")
    parser.add_argument("--start", type=Path, help="checkpoint of an earlier model")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--process", type=int, default=0, help="number of this process, from 0")
    parser.add_argument("--processes", type=int, default=1, help="how many train together, one a core")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    if args.processes > 1:
        meet = f"file://{args.out.resolve()}.meet"
        dist.init_process_group("gloo", init_method=meet, rank=args.process, world_size=args.processes)
    single = torch.from_numpy(LanguageModel(args.language).single.astype(np.float32))
    model = ContextModel(single, torch.from_numpy(np.load(args.vectors)))
    if args.start:
        begin_from(model, args.start)
    windows = Windows.load(args.work, args.noisy, args.seed + 1000 * args.process)
    train(model, windows, args.minutes, args.peak, args.out)


if __name__ == "__main__":
    main()
