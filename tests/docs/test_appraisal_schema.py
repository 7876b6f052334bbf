"""The schema of appraisal.json in the docs is the contract: it must say what the model says."""

from __future__ import annotations

import json
from pathlib import Path

from appraise.appraisal import Appraisal

SCHEMA = Path(__file__).parents[2] / "docs" / "appraisal.schema.json"


def test_the_published_schema_is_the_models() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == Appraisal.model_json_schema(by_alias=True)
