"""The values of a text as a spaCy pipeline: every component does one thing and leaves its spans in ``doc.spans[kind]``.

A component takes the stretches that no component before it took. Each span has the kind as its label and the rule as
its id; ``span._.value``, ``span._.status``, ``span._.strength`` say what was read, ``span._.found`` has exact offsets
(tokens may reach further: "100m2" is one token). ``doc._.values`` has the same in one row, ``doc._.references`` the
cited documents.

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
from extract.tokens import TokenisedText, Tokeniser, vietnamese

__all__ = ["COMPONENTS", "Findings", "annotated", "find_values", "pipeline", "values_of"]

Finder = Callable[[Source], list[Found]]

# In this order: "giai đoạn 2011 - 2020" is a period before it is a year, "1,5 tỷ đồng" money before it is a count.
_FINDERS: dict[str, Finder] = {
    "sohoa_periods": find_periods,
    "sohoa_money": find_money,
    "sohoa_counts": find_counts,
    "sohoa_dates": find_dates,
}
COMPONENTS = ("sohoa_references", *_FINDERS)

_LONGEST_DOC = 300_000  # characters, 120 pages

_DOC_ATTRIBUTES: dict[str, object] = {"source": None, "references": (), "values": (), "taken": None}


@dataclass(frozen=True, slots=True)
class FinderComponent:
    """A spaCy component around one finder."""

    find: Finder

    def __call__(self, doc: Doc) -> Doc:
        found = _free(self.find(doc._.source), doc._.taken)
        doc._.values = (*doc._.values, *found)
        _add_spans(doc, found)
        return doc


@Language.component("sohoa_references")
def mark_references(doc: Doc) -> Doc:
    """Cited documents. Only their codes are taken: date and issuer of a citation are values of their own too."""
    doc._.references = _references(doc._.source, doc._.taken)
    _add_spans(doc, (reference.found() for reference in doc._.references))
    return doc


def _references(source: Source, taken: Taken) -> tuple[Reference, ...]:
    references = tuple(find_references(source))
    for reference in references:
        taken.add(*reference.code_span)
    return references


def _free(found: Iterable[Found], taken: Taken) -> list[Found]:
    """What stands where nothing was taken before, taken now."""
    free = []
    for item in found:
        if not taken.overlaps(item.start, item.end):
            taken.add(item.start, item.end)
            free.append(item)
    return free


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
    doc = vietnamese().make_doc(tokens.text)
    doc._.source, doc._.taken = Source(tokens.text, tokens.folded), Taken()
    return pipeline()(doc)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the components find in a text."""

    references: tuple[Reference, ...]
    values: tuple[Found, ...]


def find_values(tokens: TokenisedText) -> Findings:
    """What the components find in a text; in a long one without a ``Doc``, which would take 0.2 MB a page."""
    if len(tokens.text) > _LONGEST_DOC:
        source, taken = Source(tokens.text, tokens.folded), Taken()
        references = _references(source, taken)
        return Findings(references, tuple(item for find in _FINDERS.values() for item in _free(find(source), taken)))
    nlp = vietnamese()
    if isinstance(nlp.tokenizer, Tokeniser):
        nlp.tokenizer.keep_syllables()
    with nlp.memory_zone():
        doc = annotated(tokens)
        return Findings(doc._.references, doc._.values)


def values_of(tokens: TokenisedText, references: Iterable[Reference], values: Iterable[Found]) -> list[ValueField]:
    """Some findings with their evidence, in the order of the text."""
    found = [*(reference.found() for reference in references), *values]
    return [value_field(tokens, item) for item in sorted(found, key=lambda item: item.start)]
