"""Checkpoint to ONNX: normalisation folded into the convolutions, weights kept in half precision.

python -m train.names.export CHECKPOINT.pt ocr/models/names.onnx
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ocr.name_reader import HEIGHT
from train.names.network import NameNetwork


def main() -> None:
    """Export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("onnx", type=Path)
    given = parser.parse_args()
    network = NameNetwork()
    network.load_state_dict(torch.load(given.checkpoint, weights_only=True))
    network = network.eval()
    _fold(network)
    export(network, given.onnx)


def _fold(network: nn.Module) -> None:
    """Convolutions that normalise as well; the normalisations become nothing."""
    for part in network.modules():
        if isinstance(part, nn.Sequential) and len(part) > 1 and isinstance(part[1], nn.BatchNorm2d):
            part[0] = fuse_conv_bn_eval(part[0], part[1])
            part[1] = nn.Identity()


def export(network: nn.Module, path: Path) -> None:
    """Write the network, in evaluation mode, as ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        network,
        (torch.zeros(1, 1, HEIGHT, 320),),
        str(path),
        input_names=["strips"],
        output_names=["letters"],
        dynamic_axes={"strips": {0: "count", 3: "wide"}, "letters": {0: "count", 1: "columns"}},
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(path)
    _halve(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def _halve(graph: onnx.GraphProto) -> None:
    """Weights as halves, made whole again when the model is opened: half the file, the same speed."""
    for tensor in list(graph.initializer):
        whole = numpy_helper.to_array(tensor)
        if whole.dtype == np.float32 and whole.size > 256:
            half = numpy_helper.from_array(whole.astype(np.float16), f"{tensor.name}.half")
            graph.initializer.remove(tensor)
            graph.initializer.append(half)
            graph.node.insert(0, helper.make_node("Cast", [half.name], [tensor.name], to=TensorProto.FLOAT))


if __name__ == "__main__":
    main()
