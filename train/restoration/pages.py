"""Render official text, degrade it as scanners do, read it with Tesseract: pairs of true and damaged text.

    python pages.py TEXT_FOLDER OUT.jsonl --pages 600 --seed 1 [--only laocai_sct_official]

One JSON object a page: the settings, the true lines, and what each Tesseract model read (``eng`` always: the damage of
archives; ``vie`` on every second page: light damage). Stops and resumes: pages already in OUT are skipped.
"""

from __future__ import annotations

import argparse
import io
import json
import lzma
import os
import random
import subprocess
import textwrap
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = Path("/usr/share/fonts/truetype")
FACES = {
    "reg": (6.0, FONTS / "croscore/Tinos-Regular.ttf"),
    "bold": (1.5, FONTS / "croscore/Tinos-Bold.ttf"),
    "ital": (1.0, FONTS / "croscore/Tinos-Italic.ttf"),
    "boldital": (0.5, FONTS / "croscore/Tinos-BoldItalic.ttf"),
    "serif": (0.6, FONTS / "dejavu/DejaVuSerif.ttf"),
    "sans": (0.4, FONTS / "dejavu/DejaVuSans.ttf"),
}
# Weights of the collections: the genre first, general prose for breadth. Held out: laocai_sct_official, ud_vtb.
SOURCES = {
    "phapdien_tdkt_29.1": 3.0,
    "vbpl_2025_tnt305": 3.0,
    "phapdien": 2.0,
    "nguoicong_ubnd_congbot": 1.0,
    "chinhphu_policy_news": 1.5,
    "viwiki_2017_uts": 1.0,
}


def paragraphs(folder: Path, name: str) -> list[str]:
    """Paragraphs of a collection that are long enough to be worth a line."""
    with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
        return [line.strip() for line in file if len(line) > 25]


def true_lines(rng: random.Random, pool: dict[str, list[str]], weights: dict[str, float], width: int) -> list[str]:
    """Some 30 lines of a page; one in eight paragraphs in capitals, as headings are."""
    lines: list[str] = []
    while len(lines) < 30:
        name = rng.choices(list(weights), list(weights.values()))[0]
        start = rng.randrange(len(pool[name]) - 3)
        for text in pool[name][start : start + rng.randint(1, 3)]:
            capital = rng.random() < 0.125
            shown = text[:160].rsplit(" ", 1)[0].upper() if capital else text[:700]
            lines += textwrap.wrap(shown, width - 22 if capital else width)
    return lines[:32]


def draw(lines: list[str], face: Path, points: float, dpi: int) -> np.ndarray:
    """The page as gray pixels, A4 width."""
    font = ImageFont.truetype(str(face), round(points * dpi / 72))
    pitch = round(points * 1.42 * dpi / 72)
    page = Image.new("L", (round(8.27 * dpi), pitch * (len(lines) + 5)), 255)
    canvas = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        canvas.text((round(0.9 * dpi), pitch * (number + 2)), line, fill=15, font=font)
    return np.asarray(page)


def degrade(gray: np.ndarray, rng: random.Random, dpi: int) -> tuple[np.ndarray, dict[str, object]]:
    """Skew, blur, noise, threshold and JPEG, each with its own odds."""
    noise = np.random.default_rng(rng.randrange(2**32))
    made: dict[str, object] = {}
    if rng.random() < 0.4:
        made["rot"] = angle = rng.uniform(-0.5, 0.5)
        h, w = gray.shape
        turn = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1)
        gray = cv2.warpAffine(gray, turn, (w, h), borderValue=255)
    made["blur"] = blur = rng.uniform(0.2, 1.2) * dpi / 200
    gray = cv2.GaussianBlur(gray, (0, 0), blur)
    made["noise"] = sigma = rng.uniform(2, 22)
    image = np.clip(gray + noise.normal(0, sigma, gray.shape), 0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        made["thr"] = threshold = rng.randint(120, 190)
        image = np.where(image > threshold, 255, 0).astype(np.uint8)
    if rng.random() < 0.5:
        made["jpeg"] = quality = rng.randint(35, 80)
        buffer = io.BytesIO()
        Image.fromarray(image).save(buffer, "JPEG", quality=quality)
        image = np.asarray(Image.open(buffer))
    return image, made


def read(image: np.ndarray, dpi: int, language: str) -> str:
    """What Tesseract reads."""
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "PNG")
    command = ["tesseract", "-", "-", "-l", language, "--psm", "6", "--dpi", str(dpi)]
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, input=buffer.getvalue(), capture_output=True, env=env, check=True).stdout.decode()


def main() -> None:
    """Make the pages."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one collection, for held-out pages")
    args = parser.parse_args()
    weights = {args.only: 1.0} if args.only else SOURCES
    pool = {name: paragraphs(args.texts, name) for name in weights}
    done = sum(1 for _ in args.out.open(encoding="utf-8")) if args.out.exists() else 0
    for number in range(done, args.pages):
        rng = random.Random(f"{args.seed}-{number}")
        style = rng.choices(list(FACES), [w for w, _ in FACES.values()])[0]
        dpi = rng.choices([100, 150, 200, 300], [1, 3, 6, 3])[0]
        points = rng.choice([12, 13, 13.5, 14])
        lines = true_lines(rng, pool, weights, width=82 if style in {"reg", "ital", "boldital", "bold"} else 66)
        image, made = degrade(draw(lines, FACES[style][1], points, dpi), rng, dpi)
        page = {"kw": {"dpi": dpi, "style": style, "pt": points, **made}, "true": lines}
        for language in ("eng", "vie") if number % 2 == 0 else ("eng",):
            page[language] = read(image, dpi, language)
        with args.out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(page, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
