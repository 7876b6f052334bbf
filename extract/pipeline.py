"""The values of a text as a spaCy pipeline: every component does one thing and leaves its spans in ``doc.spans[kind]``.

A component takes the stretches that no component before it took. Each span has the kind as its label and the rule as
its id; ``span._.value``, ``span._.status``, ``span._.strength`` say what was read, ``span._.found`` has exact offsets
(tokens may reach further: "100m2" is one token). ``doc._.references`` has the cited documents.

>>> from extract.tokens import tokens_from_text
>>> doc = annotated(tokens_from_text("Trước ngày 31/7/2019, mức 1,5 tỷ đồng"))
>>> [(span.text, span._.value) for span in doc.spans["amount"]]
[('1,5 tỷ đồng', {'vnd': 1500000000, 'relation': 'eq'})]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.counts import find_counts
from extract.dates import find_dates
from extract.evidence import value_field
from extract.money import find_money
from extract.patterns import Found, Source, Taken
from extract.periods import find_periods
from extract.record import ValueField
from extract.references import Reference, find_references
from extract.tokens import TokenisedText, vietnamese

__all__ = ["COMPONENTS", "annotated", "pipeline", "values_of"]

Finder = Callable[[Source], list[Found]]

# In this order: "giai đoạn 2011 - 2020" is a period before it is a year, "1,5 tỷ đồng" money before it is a count.
_FINDERS: dict[str, Finder] = {
    "sohoa_periods": find_periods,
    "sohoa_money": find_money,
    "sohoa_counts": find_counts,
    "sohoa_dates": find_dates,
}
COMPONENTS = ("sohoa_references", *_FINDERS)

_DOC_ATTRIBUTES: dict[str, object] = {"source": None, "references": (), "taken": None}


@dataclass(frozen=True, slots=True)
class FinderComponent:
    """A spaCy component around one finder."""

    find: Finder

    def __call__(self, doc: Doc) -> Doc:
        taken: Taken = doc._.taken
        free = []
        for found in self.find(doc._.source):
            if not taken.overlaps(found.start, found.end):
                taken.add(found.start, found.end)
                free.append(found)
        _add_spans(doc, free)
        return doc


@Language.component("sohoa_references")
def mark_references(doc: Doc) -> Doc:
    """Cited documents. Only their codes are taken: date and issuer of a citation are values of their own too."""
    doc._.references = tuple(find_references(doc._.source))
    for reference in doc._.references:
        doc._.taken.add(*reference.code_span)
    _add_spans(doc, (reference.found() for reference in doc._.references))
    return doc


def _register(name: str, finder: Finder) -> None:
    def component(nlp: Language, name: str) -> FinderComponent:  # noqa: ARG001  spaCy calls it by these names
        return FinderComponent(finder)

    Language.factory(name, func=component)


def _of_found(name: str, span: Span) -> Any:
    return getattr(span._.found, name, None)


for _name, _finder in _FINDERS.items():
    _register(_name, _finder)
for _name, _default in _DOC_ATTRIBUTES.items():
    Doc.set_extension(_name, default=_default, force=True)
Span.set_extension("found", default=None, force=True)
for _name in ("value", "status", "strength"):
    Span.set_extension(_name, getter=partial(_of_found, _name), force=True)


def _add_spans(doc: Doc, found: Iterable[Found]) -> None:
    for item in found:
        span = doc.char_span(item.start, item.end, label=item.kind, span_id=item.rule, alignment_mode="expand")
        if span is None:
            continue
        span._.found = item
        if item.kind not in doc.spans:
            doc.spans[item.kind] = []
        doc.spans[item.kind].append(span)


@cache
def pipeline() -> Language:
    """The Vietnamese tokeniser with all components behind it; add or remove pipes on a pipeline of your own."""
    nlp = vietnamese()
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def annotated(tokens: TokenisedText) -> Doc:
    """The ``Doc`` of a text after all components; call it within ``nlp.memory_zone()``, the spans live in there."""
    doc = tokens.doc
    doc._.source, doc._.taken = Source(tokens.text, tokens.folded), Taken()
    return pipeline()(doc)


def values_of(tokens: TokenisedText, references: Iterable[Reference] | None = None) -> list[ValueField]:
    """All values of a text that was :func:`annotated`, in its order.

    Args:
        tokens: The text.
        references: Those to keep of ``doc._.references``, such as all but the document's own number; all by default.
    """
    doc = tokens.doc
    kept = doc._.references if references is None else references
    found = [reference.found() for reference in kept]
    found += [span._.found for kind, group in doc.spans.items() if kind != "reference" for span in group]
    return [value_field(tokens, item) for item in sorted(found, key=lambda item: item.start)]
