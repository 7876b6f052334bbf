"""Ctrl-C: once finishes what is in hand, twice stops at once, and neither comes between a result and its row."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["twice_to_stop", "undisturbed"]


@contextmanager
def twice_to_stop(on_first: Callable[[], None]) -> Iterator[None]:
    """Within the block the first Ctrl-C calls ``on_first``, the second raises KeyboardInterrupt."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears of Ctrl-C
        return
    usual = signal.getsignal(signal.SIGINT)

    def pressed(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, usual)
        on_first()

    signal.signal(signal.SIGINT, pressed)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block: a result and its row in the ledger belong together."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    for number in pressed:
        signal.raise_signal(number)
