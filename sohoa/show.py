"""A page (HTML, Vietnamese) that shows a record in its document: every field and value boxed where it was read.

Scans are shown as pictures with boxes over them, texts as text with coloured stretches. Pointing at one tells value,
print, confidence and rule. The page stands by itself: no script, no network, pictures inside.
"""

from __future__ import annotations

import json
import webbrowser
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from PIL import Image

from corpus.attention import is_doubtful, what_needs_a_look
from corpus.field_names import document_readings
from corpus.store import write_whole
from extract.record import Contradiction, DocumentFields, Reading, Record
from normalize.errors import SohoaError
from ocr.limits import Limits
from ocr.sniff import Kind, sniff
from ocr.sources import open_source
from sohoa.evidence import colour_of, label_of
from sohoa.plain_text import read_plain_text

__all__ = ["page_of_scan", "page_of_text", "show_record"]

_DPI: Final = 110  # a page is 910 pixels wide and 150 to 250 kB: 100 pages stay below 25 MB
_JPEG_QUALITY: Final = 70
_LONGEST_SHOWN: Final = 300
_UNSAID: Final = (None, "eq")
_PARTS: Final = {
    "type": "loại",
    "code": "số, ký hiệu",
    "date": "ngày",
    "issuer": "cơ quan",
    "vnd": "đồng",
    "relation": "so với",
    "from": "từ",
    "to": "đến",
    "sense": "nghĩa",
    "count": "số lượng",
    "of": "trên tổng số",
    "what": "của",
    "set": "bộ",
    "value": "trị số",
    "unit": "đơn vị",
    "signer": "người ký",
    "organ": "cơ quan",
    "time": "lúc",
    "name": "tên",
    "title": "chức vụ",
    "authority": "quyền hạn",
    "words": "bằng chữ",
    "per": "mỗi",
}
_CONTRADICTION: Final = (190, 0, 30)
_STYLE: Final = """
body{font:15px/1.6 sans-serif;margin:0;display:flex;align-items:flex-start;background:#f4f4f4}
main{flex:1;min-width:0;padding:1rem}aside{width:26rem;flex:none;height:100vh;overflow:auto;position:sticky;top:0;
background:#fff;padding:0 1rem;box-sizing:border-box;border-left:1px solid #ccc;font-size:13px;line-height:1.4}
.sheet{position:relative;max-width:1000px;margin:0 auto 1rem;box-shadow:0 0 4px #888}
.sheet img{width:100%;display:block}
.box{position:absolute;border:2px solid rgb(var(--c));background:rgba(var(--c),.12);box-sizing:border-box;
margin:-2px;color:inherit}
.text{white-space:pre-wrap;background:#fff;padding:1.5rem;max-width:1000px;margin:0 auto;overflow-wrap:anywhere;
line-height:2}
mark{background:rgba(var(--c),.16);border-bottom:2px solid rgb(var(--c));color:inherit;position:relative}
.tip{display:none;position:absolute;left:0;top:100%;z-index:9;background:#222;color:#fff;font:12px/1.4 sans-serif;
padding:.4rem .6rem;border-radius:3px;width:max-content;max-width:24rem;white-space:pre-wrap;pointer-events:none}
.box:hover{z-index:8;background:rgba(var(--c),.28)}.box:hover .tip,mark:hover>.tip{display:block}
:target{outline:3px solid #f5c400}h1{font-size:16px}h2{font-size:14px;margin:1rem 0 .3rem}
ul{padding-left:1rem;margin:.2rem 0}li{margin:.2rem 0}a{color:rgb(var(--c));text-decoration:none}
.doubt{color:#b45309}small{color:#666}
"""

_Span = tuple[int, int]
_Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Shown:
    """One thing to show: ``key`` is its place in the page's links."""

    key: str
    label: str
    colour: _Colour
    tip: str
    value: str
    span: _Span | None
    boxes: tuple[tuple[int, tuple[float, float, float, float]], ...]
    doubtful: bool


def show_record(path: Path, record: Record, out: Path | None, *, limits: Limits, in_browser: bool) -> Path:
    """Write the page of a record and the file it came from; where it was written.

    Args:
        path: The file.
        record: What was read in it.
        out: Where to write; without it in a new folder of this user alone, among the temporary files.
        limits: What is refused before it is read.
        in_browser: Open the page.

    Raises:
        InputError: The file cannot be opened any more.
        OutputError: The page cannot be written.
    """
    is_text = sniff(path, limits) is Kind.TEXT
    page = page_of_text(record, read_plain_text(path, limits)) if is_text else page_of_scan([path], record, limits)
    if out is None:
        out = Path(mkdtemp(prefix="sohoa-")) / "record.html"
    write_whole(out, page.encode())
    if in_browser:
        webbrowser.open(out.resolve().as_uri())
    return out


def page_of_scan(paths: Sequence[Path], record: Record, limits: Limits) -> str:
    """Pictures of the pages, with boxes over them."""
    shown = list(_everything(record))
    sheets = []
    with open_source(paths, limits=limits) as source:
        for page in source.pages():
            try:
                picture = Image.fromarray(page.render(_DPI))
            except SohoaError:
                sheets.append(f"<p>Không vẽ được trang {page.number}.</p>")
                continue
            boxes = "".join(_boxes(shown, page.number, page.width, page.height))
            alt = f"Trang {page.number}"
            sheets.append(f'<div class="sheet"><img alt="{alt}" src="{_data_uri(picture)}">{boxes}</div>\n')
    return _page(record, shown, "".join(sheets))


def page_of_text(record: Record, text: str) -> str:
    """The text, with every stretch that was read coloured; the shortest on top where they overlap."""
    shown = list(_everything(record))
    return _page(record, shown, f'<div class="text">{"".join(_marked(text, shown))}</div>')


def _everything(record: Record) -> Iterator[_Shown]:
    documents = (record.document, *(part.document for part in record.parts[1:]))
    for part, document in enumerate(documents):
        yield from _fields(part, document)
    for number, value in enumerate(record.values):
        yield _of_reading(f"v{number}", value.kind, value)
    for number, item in enumerate(record.contradictions):
        yield from _of_contradiction(number, item)


def _fields(part: int, document: DocumentFields) -> Iterator[_Shown]:
    in_parts = document.number is not None or document.symbol is not None
    for number, (name, reading) in enumerate(document_readings(document)):
        if not (name == "code" and in_parts):  # its number and symbol are shown
            yield _of_reading(f"f{part}-{number}", name, reading)


def _of_reading(key: str, name: str, reading: Reading) -> _Shown:
    label, value = label_of(name, reading), _plain(reading.value)
    lines = [
        f"{label}: {value}",
        f"Trên giấy: {_short(reading.raw)}" if reading.raw else "",
        f"Độ tin cậy: {reading.confidence:.2f}".replace(".", ","),
        f"Cách đọc khác: {'; '.join(_plain(other.value) for other in reading.alternatives)}"
        if reading.alternatives
        else "",
        f"Quy tắc: {reading.rule}",
    ]
    boxes = tuple((place.page, place.box) for place in reading.where)
    tip = "\n".join(filter(None, lines))
    return _Shown(key, label, colour_of(name, reading), tip, value, reading.span, boxes, is_doubtful(name, reading))


def _of_contradiction(number: int, item: Contradiction) -> Iterator[_Shown]:
    boxes = tuple((place.page, place.box) for place in item.places)
    yield _Shown(f"c{number}", "Mâu thuẫn", _CONTRADICTION, item.message, item.message, None, boxes, doubtful=True)
    for at, span in enumerate(item.spans):
        yield _Shown(f"c{number}-{at}", "Mâu thuẫn", _CONTRADICTION, item.message, "", span, (), doubtful=True)


def _plain(value: Any) -> str:
    """A value as a person reads it; structured ones as their parts that say something."""
    if isinstance(value, dict):
        parts = [(name, part) for name, part in value.items() if part not in _UNSAID]
        return _short("; ".join(f"{_PARTS.get(name, name)}: {_plain(part)}" for name, part in parts))
    if value is None:
        return "không có"
    return _short(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _boxes(shown: Iterable[_Shown], page: int, width: float, height: float) -> Iterator[str]:
    """Boxes in shares of the page, so that they follow its size on the screen; the largest first, lowest."""
    places = [(item, box, at) for item in shown for at, (number, box) in enumerate(item.boxes) if number == page]
    for item, (x0, y0, x1, y1), at in sorted(places, key=lambda place: -_area(place[1])):
        sides = {"left": x0 / width, "top": y0 / height, "width": (x1 - x0) / width, "height": (y1 - y0) / height}
        style = ";".join(f"{side}:{share:.3%}" for side, share in sides.items())
        key = item.key if at == 0 else f"{item.key}.{at}"
        yield f'<div class="box" id="{key}" style="{_rgb(item.colour)};{style}">{_tip(item.tip)}</div>'


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _marked(text: str, shown: Iterable[_Shown]) -> Iterator[str]:
    """The text cut where any stretch begins or ends, each piece in the colour of the shortest stretch over it."""
    spans = [(item.span, item) for item in shown if item.span is not None]
    begins: dict[int, list[_Shown]] = {}
    ends: dict[int, list[_Shown]] = {}
    for (start, end), item in spans:
        begins.setdefault(start, []).append(item)
        ends.setdefault(end, []).append(item)
    open_items: dict[str, _Shown] = {}
    named: set[str] = set()
    done = 0
    for cut in sorted({0, len(text), *begins, *ends}):
        yield _piece(text[done:cut], list(open_items.values()), named)
        for item in ends.get(cut, ()):
            open_items.pop(item.key, None)
        open_items |= {item.key: item for item in begins.get(cut, ())}
        done = cut


def _piece(text: str, items: Sequence[_Shown], named: set[str]) -> str:
    if not items or not text:
        return escape(text)
    by_length = sorted(items, key=lambda item: item.span[1] - item.span[0] if item.span else 0)
    anchors = "".join(f'<a id="{item.key}"></a>' for item in by_length if item.key not in named)
    named.update(item.key for item in by_length)
    tips = "\n\n".join(item.tip for item in by_length)
    return f'<mark style="{_rgb(by_length[0].colour)}">{anchors}{escape(text)}{_tip(tips)}</mark>'


def _tip(text: str) -> str:
    return f'<span class="tip">{escape(text)}</span>'


def _rgb(colour: _Colour) -> str:
    return f"--c:{','.join(map(str, colour))}"


def _data_uri(picture: Image.Image) -> str:
    data = BytesIO()
    picture.convert("RGB").save(data, "JPEG", quality=_JPEG_QUALITY)
    return f"data:image/jpeg;base64,{b64encode(data.getvalue()).decode()}"


def _page(record: Record, shown: Sequence[_Shown], body: str) -> str:
    name = escape(record.source.name)
    safety = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{safety}">'
        f'<meta name="viewport" content="width=device-width"><title>{name}</title><style>{_STYLE}</style>'
    )
    return (
        f'<!doctype html>\n<html lang="vi"><head>{head}</head>\n<body><main>{body}</main>\n'
        f"<aside><h1>{name}</h1>{''.join(_side(record, shown))}</aside></body></html>\n"
    )


def _side(record: Record, shown: Sequence[_Shown]) -> Iterator[str]:
    """What needs a look, then every field, then the values by where they stand; each a link to its place."""
    concerns = [concern.vietnamese for concern in what_needs_a_look(record)]
    if concerns:
        yield f"<h2>Cần xem lại</h2><ul class=doubt>{''.join(f'<li>{escape(each)}</li>' for each in concerns)}</ul>"
    groups = (("Mâu thuẫn", "c"), ("Thành phần văn bản", "f"), ("Giá trị trong nội dung", "v"))
    for title, letter in groups:
        items = [item for item in shown if item.key.startswith(letter) and item.value]
        if items:
            yield f"<h2>{title}</h2><ul>{''.join(map(_entry, items))}</ul>"


def _entry(item: _Shown) -> str:
    tone = " class=doubt" if item.doubtful else ""
    return (
        f'<li{tone}><a href="#{item.key}" style="{_rgb(item.colour)}"><b>{escape(item.label)}</b></a> '
        f"{escape(item.value)}</li>"
    )
