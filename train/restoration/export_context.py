"""Write the trained context model as it ships: ``context.onnx`` (the network, int8) and ``context.npz`` (vectors).

python export_context.py CHECKPOINT.pt OUT_FOLDER
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from context_model import WIDTH, WINDOW, ContextModel
from onnxruntime.quantization import QuantType, quantize_dynamic


def rows_as_bytes(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each row as int8 with a scale of its own."""
    scale = np.abs(table).max(axis=1) / 127 + 1e-9
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def main() -> None:
    """Export, quantise, write."""
    checkpoint, out = Path(sys.argv[1]), Path(sys.argv[2])
    state = torch.load(checkpoint)["model"]
    size = len(state["single"])
    model = ContextModel(state["single"], torch.zeros(size, WIDTH))
    model.load_state_dict(state)
    model.eval()
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            model.body,
            (torch.zeros(1, WINDOW, WIDTH),),
            str(whole),
            input_names=["vectors"],
            output_names=["mixed"],
            dynamic_axes={"vectors": {1: "positions"}, "mixed": {1: "positions"}},
            dynamo=False,
        )
        quantize_dynamic(whole, out / "context.onnx", weight_type=QuantType.QInt8, per_channel=True)
    tables = {"bias": state["bias"].numpy().astype(np.float16)}
    for name in ("enter", "leave"):
        tables[name], tables[f"{name}_scale"] = rows_as_bytes(state[f"{name}.weight"].numpy())
    np.savez_compressed(out / "context.npz", **tables)
    for path in sorted(out.glob("context.*")):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
