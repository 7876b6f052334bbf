"""ONNX Runtime, told to keep to itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

__all__ = ["open_network"]


def open_network(path: Path) -> Any:
    """An inference session on one thread: a batch keeps all cores busy with documents of their own.

    From 1.29 on the runtime reports its use to its maker, on Linux too, through a store in the home folder. Its own
    switch (``disable_telemetry_events``) comes after a first event; the variable, set before the import, leaves nothing
    to send, and no file.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # the Windows builds do not look at the variable
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
