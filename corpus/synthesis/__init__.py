"""Fictional scans with exact truth: ``synthesize`` writes as many as asked, for tests, training and evaluation."""

from __future__ import annotations

from corpus.synthesis.synthesize import (
    KINDS,
    Synthetic,
    make_document,
    print_document,
    scan_document,
    synthesize,
    write_synthetic,
)

__all__ = ["KINDS", "Synthetic", "make_document", "print_document", "scan_document", "synthesize", "write_synthetic"]
