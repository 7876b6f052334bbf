"""The program that reads images with libtesseract, one after the other, for as long as its input stays open.

``ocr.tesseract_process`` runs it as a file of its own, with nothing but the standard library, so that it starts in no
time. Crashes, hangs and memory of the library stay in this process.

Without an argument it prints the library's version. With the name of a model it takes requests on standard input:
``REQUEST`` (width, height, dpi, segmentation), then width x height gray bytes; and answers on standard output:
``ANSWER`` (status, length), then so many bytes of hOCR. The first answer, to no request, says that the model is loaded.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import sys
import threading
from queue import SimpleQueue
from typing import Any, BinaryIO, Final

REQUEST: Final = struct.Struct("<IIII")
ANSWER: Final = struct.Struct("<BI")
READ, FAILED, NO_MODEL = range(3)

_LIBRARY: Final = "libtesseract.so.5"

_Request = tuple[int, int, int, int, bytearray]


def main() -> None:
    """Print the version, or load a model and answer requests until standard input is closed."""
    library = _library()
    if len(sys.argv) == 1:
        sys.stdout.write(library.TessVersion().decode())
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints is no answer
    reader = library.TessBaseAPICreate()
    if library.TessBaseAPIInit3(reader, None, sys.argv[1].encode()) != 0:
        _answer(answers, NO_MODEL, b"")
        return
    library.TessBaseAPISetVariable(reader, b"lstm_choice_mode", b"2")
    _answer(answers, READ, b"")
    requests: SimpleQueue[_Request] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        hocr = _hocr(library, reader, *requests.get())
        _answer(answers, FAILED if hocr is None else READ, hocr or b"")


def _listen(requests: SimpleQueue[_Request]) -> None:
    """Queue what is asked; end the process at once, reading or not, when nobody is left to ask."""
    with os.fdopen(0, "rb") as source:
        while len(head := source.read(REQUEST.size)) == REQUEST.size:
            wide, high, dpi, segmentation = REQUEST.unpack(head)
            pixels = bytearray(wide * high)
            if source.readinto(pixels) != len(pixels):
                break
            requests.put((wide, high, dpi, segmentation, pixels))
    os._exit(0)


def _hocr(
    library: Any, reader: Any, wide: int, high: int, dpi: int, segmentation: int, pixels: bytearray
) -> bytes | None:
    """What the image says; None when the library failed."""
    library.TessBaseAPISetVariable(reader, b"user_defined_dpi", str(dpi).encode())
    library.TessBaseAPISetPageSegMode(reader, segmentation)
    # The library copies the image.
    library.TessBaseAPISetImage(reader, (ctypes.c_char * len(pixels)).from_buffer(pixels), wide, high, 1, wide)
    text = library.TessBaseAPIGetHOCRText(reader, 0) if library.TessBaseAPIRecognize(reader, None) == 0 else None
    try:
        return ctypes.string_at(text) if text else None
    finally:
        if text:
            library.TessDeleteText(text)
        library.TessBaseAPIClear(reader)


def _answer(answers: BinaryIO, status: int, content: bytes) -> None:
    answers.write(ANSWER.pack(status, len(content)) + content)
    answers.flush()


def _library() -> Any:
    """The part of Tesseract's C interface that is used; OSError or AttributeError without it."""
    library = ctypes.CDLL(_LIBRARY)
    handle, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, arguments in (
        ("TessVersion", text, ()),
        ("TessBaseAPICreate", handle, ()),
        ("TessBaseAPIInit3", number, (handle, text, text)),
        ("TessBaseAPISetVariable", number, (handle, text, text)),
        ("TessBaseAPISetPageSegMode", None, (handle, number)),
        ("TessBaseAPISetImage", None, (handle, ctypes.c_void_p, number, number, number, number)),
        ("TessBaseAPIRecognize", number, (handle, ctypes.c_void_p)),
        ("TessBaseAPIGetHOCRText", ctypes.c_void_p, (handle, number)),
        ("TessBaseAPIClear", None, (handle,)),
        ("TessDeleteText", None, (ctypes.c_void_p,)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


if __name__ == "__main__":
    main()
