"""What drawing a page would cost, from its commands alone: how much they unpack to, how often forms are drawn.

pdfium takes a page apart as soon as it is opened and cannot be stopped in between, so this comes before.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator

import pikepdf
import regex
from pikepdf import Array, Dictionary, Name, Object, Page, Stream

from normalize.errors import TooLargeError
from ocr.limits import Limits
from ocr.pdf_triage import inherited

__all__ = ["check_content"]

_MAX_DEFLATE_RATIO = 1032  # deflate cannot do better, so that smaller streams need no look
_CHUNK = 1 << 20
_DRAW = regex.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do(?![^\s/\[\]<>(){}%])")
_FORM_DEPTH = 40  # pdfium follows forms in forms about as deep; one that draws itself would have no end
_MAX_FORMS = 5_000  # different ones on a page; a page of a map has hundreds


def check_content(page: Page, limits: Limits) -> None:
    """Refuse drawing commands that would unpack, or be repeated, beyond ``limits``.

    Thirty forms that each draw the next one twice are a file of 5 kB and a thousand million drawings.

    Raises:
        TooLargeError: The commands of the page or of one of its forms unpack to more than ``content_bytes``, or its
            forms are drawn more than ``form_draws`` times.
    """
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    commands = b"\n".join(_commands(stream, limits) for stream in streams if isinstance(stream, Stream))
    parts = [(inherited(page, "/Resources"), commands), *_annotations(page, limits)]
    if sum(_form_draws(names, part, limits) for names, part in parts) > limits.form_draws:
        raise TooLargeError(f"The page's forms are drawn more than form_draws, {limits.form_draws} times.")


def _annotations(page: Page, limits: Limits) -> Iterator[tuple[Object | None, bytes]]:
    """Resources and commands of what annotations look like."""
    notes = page.obj.get("/Annots")
    for note in notes if isinstance(notes, Array) else ():
        looks = note.get("/AP") if isinstance(note, Dictionary) else None
        look = looks.get("/N") if isinstance(looks, Dictionary) else None
        states = [look] if isinstance(look, Stream) else look.values() if isinstance(look, Dictionary) else ()
        for state in states:
            if isinstance(state, Stream):
                yield state.get("/Resources"), _commands(state, limits)


def _commands(stream: Stream, limits: Limits) -> bytes:
    """The commands, empty where they do not unpack."""
    if _unpacks_beyond(stream, limits.content_bytes):
        raise TooLargeError(f"The page's commands unpack to more than content_bytes, {limits.content_bytes}.")
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return b""


def _form_draws(resources: Object | None, commands: bytes, limits: Limits) -> int:
    """How often forms are drawn in all, at least where that is above ``limits.form_draws``."""
    drawn_by: dict[object, Counter[object]] = {}
    todo: list[tuple[object, Object | None, bytes | Stream]] = [(None, resources, commands)]
    while todo and len(drawn_by) < _MAX_FORMS:
        place, names, source = todo.pop()
        if place in drawn_by:
            continue
        text = source if isinstance(source, bytes) else _commands(source, limits)
        drawn_by[place] = Counter()
        forms = _forms(names)
        for name, times in Counter(_DRAW.findall(text)).items():
            form = forms.get(name)
            if form is not None:
                drawn_by[place][form.objgen] += times
                todo.append((form.objgen, form.get("/Resources", names), form))
    draws = dict.fromkeys(drawn_by, 0)
    for _ in range(_FORM_DEPTH):
        draws = {
            place: min(sum(times * (1 + draws.get(form, 0)) for form, times in inner.items()), limits.form_draws + 1)
            for place, inner in drawn_by.items()
        }
    return draws[None]


def _forms(resources: Object | None) -> dict[bytes, Stream]:
    """The forms among ``resources`` by their names as commands have them."""
    objects = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(objects, Dictionary):
        return {}
    return {
        name[1:].encode("utf-8", "surrogateescape"): item
        for name, item in objects.items()
        if isinstance(item, Stream) and item.get("/Subtype") == Name.Form
    }


def _unpacks_beyond(stream: Stream, limit: int) -> bool:
    """Unpack deflate layers bit by bit, keeping nothing; other codecs cannot grow much."""
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [] if filters is None else [filters]
    layers = sum(name in {Name.FlateDecode, Name.Fl} for name in names)
    packed = stream.read_raw_bytes()
    if layers == 0 or len(packed) * _MAX_DEFLATE_RATIO**layers <= limit:
        return len(packed) > limit
    return any(size > limit for size in _sizes_when_unpacked(packed, layers))


def _sizes_when_unpacked(packed: bytes, layers: int) -> Iterator[int]:
    """How much has come out of the last layer so far; ends quietly where the data does not unpack."""
    unpackers = [zlib.decompressobj() for _ in range(layers)]
    size = 0
    for start in range(0, len(packed), _CHUNK):
        pieces = [packed[start : start + _CHUNK]]
        for unpacker in unpackers:
            pieces = [piece for part in pieces for piece in _pour(unpacker, part)]
        size += sum(map(len, pieces))
        yield size


def _pour(unpacker: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while data:
        try:
            out = unpacker.decompress(data, _CHUNK)
        except zlib.error:
            return
        if not out:
            return
        yield out
        data = unpacker.unconsumed_tail
