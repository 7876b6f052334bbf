"""Appraising dossiers: read their files, hold them against the rules, write what a person needs to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from appraise.appraisal import Appraisal, State
from appraise.appraise_dossier import appraise
from appraise.checks.office_lists import OfficeLists, read_office_lists
from appraise.checks.ranking import RankingRow, ranking
from appraise.checks.registry import Registry, read_registry
from appraise.dossier import Dossier, ReadFile
from appraise.outputs.kept_outputs import KeptOutputs
from appraise.outputs.summary_rows import DossierRow, failed_row
from appraise.outputs.summary_sheet import SUMMARY, summary_xlsx
from appraise.outputs.write_outputs import write_outputs
from appraise.reading.read_dossier import read_dossier
from appraise.rule_files.rules_file import read_rules
from appraise.rules import RuleBook
from corpus.ledger import Entry
from corpus.store import TEXT, hold, read_record
from normalize.errors import OutputError, SohoaError, UsageError
from sohoa.dossier_inputs import READ, DossierInputs, all_inputs
from sohoa.executors import Executor, guarded
from sohoa.inputs import Input
from sohoa.progress import Watcher
from sohoa.run import Report, run
from sohoa.settings import Settings
from sohoa.snips import Snips

__all__ = ["Appraised", "Materials", "appraise_dossiers", "read_materials"]

_REASONS: Final = {
    "not_found": "không tìm thấy hoặc không phải tệp thường",
    "empty_input": "tệp rỗng",
    "unsupported_input": "không phải PDF, ảnh hoặc văn bản thuần",
    "damaged_input": "tệp hỏng",
    "no_pages": "PDF không có trang nào",
    "blank_render": "ảnh trong tệp hỏng, trang hiện ra trắng",
    "encrypted_input": "tệp có mật khẩu",
    "too_large": "tệp vượt giới hạn kích thước",
    "held_secret": "có dấu độ mật: giữ lại, chưa xử lý",
    "time_limit": "đọc quá thời gian cho phép",
}


@dataclass(frozen=True, slots=True)
class Materials:
    """What dossiers are held against, and the folder with the office's own templates."""

    rules: RuleBook
    registry: Registry | None = None
    lists: OfficeLists | None = None
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class Appraised:
    """What came of one dossier: counts for the terminal, or the reason why there is nothing."""

    name: str
    candidates: int = 0
    papers: int = 0
    states: tuple[tuple[State, int], ...] = ()
    asked: int = 0
    unread: int = 0
    trouble: SohoaError | None = None


def read_materials(rules: Path, registry: Path | None, lists: Path | None, templates: Path | None) -> Materials:
    """Read and check what dossiers are held against, before any of them is read.

    Raises:
        InputError: A file is not there or cannot be read.
        UsageError: A file does not fit; the message names the line or cell.
    """
    if templates is not None and not templates.is_dir():
        raise UsageError(f"{templates} is not a folder.", "--templates names the folder with the office's templates.")
    return Materials(
        read_rules(rules),
        read_registry(registry) if registry is not None else None,
        read_office_lists(lists) if lists is not None else None,
        templates,
    )


def appraise_dossiers(
    dossiers: Sequence[DossierInputs],
    out: Path,
    materials: Materials,
    settings: Settings,
    executor: Executor,
    watcher: Watcher | None = None,
) -> tuple[Report, list[Appraised], list[str]]:
    """Read all dossiers, then appraise one after another; one bad dossier never stops the rest.

    Args:
        dossiers: See :mod:`sohoa.dossier_inputs`.
        out: Output folder: ``READ`` with the result folders of all files, a folder for each dossier, the summary.
        materials: Rules, registry, lists, templates.
        settings: Of the reading.
        executor: Where documents are read.
        watcher: Hears how the reading goes.

    Returns:
        How the reading went, what came of each dossier, and the outputs that a person had changed.

    Raises:
        OutputError: Something cannot be written.
    """
    report = run(all_inputs(dossiers), out / READ, settings, executor, watcher)
    if report.interrupted:
        return report, [], []
    entries = {outcome.entry.path: outcome.entry for outcome in report.outcomes}
    appraised: list[Appraised] = []
    rows: list[DossierRow] = []
    districts: list[Appraisal] = []
    with hold(out):
        outputs = KeptOutputs(out)
        for inputs in dossiers:
            result = guarded(lambda each, _tell: _appraise(each, entries, outputs, materials, settings), inputs)
            if isinstance(result, OutputError | UsageError):
                raise result  # the disk or a template: it would be the same for every dossier
            if isinstance(result, SohoaError):
                appraised.append(Appraised(inputs.name, trouble=result))
                rows.append(failed_row(inputs.name))
            else:
                row, counts, of_districts = result
                rows.append(row)
                appraised.append(counts)
                districts += of_districts
        outputs.write(SUMMARY, summary_xlsx(rows, _ranks(districts, materials)))
        outputs.save()
    return report, appraised, outputs.kept


def _appraise(
    inputs: DossierInputs,
    entries: dict[str, Entry],
    outputs: KeptOutputs,
    materials: Materials,
    settings: Settings,
) -> tuple[DossierRow, Appraised, list[Appraisal]]:
    """One dossier from its result folders to its outputs."""
    dossier = _dossier(inputs, entries, outputs.out / READ)
    appraisal = appraise(dossier, materials.rules, materials.lists, materials.registry)
    snips = Snips({inputs.name_of(item): item.paths for item in inputs.inputs}, settings.limits.as_limits())
    row = write_outputs(outputs, inputs.name, appraisal, materials.rules, snips, materials.templates)
    return row, _counted(inputs.name, appraisal, dossier), _of_districts(appraisal)


def _of_districts(appraisal: Appraisal) -> list[Appraisal]:
    """The appraisal with its districts only: all that is kept of it, so that memory does not grow with the round."""
    districts = [candidate for candidate in appraisal.candidates if candidate.class_ == "district"]
    return [appraisal.model_copy(update={"candidates": districts})] if districts else []


def _ranks(districts: Sequence[Appraisal], materials: Materials) -> list[RankingRow]:
    """What the rules rank ("cao nhất, nhì"); nothing where they rank nothing."""
    ranking_rules = [c for c in materials.rules.criteria if any(test.relation == "rank_le" for test in c.tests)]
    if not ranking_rules:
        return []
    window = next((criterion.window for criterion in ranking_rules if criterion.window), None)
    return ranking(districts, materials.lists or OfficeLists(), window)


def _dossier(inputs: DossierInputs, entries: dict[str, Entry], read: Path) -> Dossier:
    """The dossier as its result folders have it; files without a result are named, never lost."""
    files: list[ReadFile] = []
    unread = list(inputs.unread)
    for item in inputs.inputs:
        if item.ignored:
            continue
        name, entry = inputs.name_of(item), entries[item.key]
        file = _read_file(name, item, entry, read)
        if file is not None:
            files.append(file)
        else:
            unread.append((name, _REASONS.get(entry.error_code or "", "không đọc được")))
    return read_dossier(files, name=inputs.name, received=inputs.received, unread=unread)


def _read_file(name: str, item: Input, entry: Entry, read: Path) -> ReadFile | None:
    if not entry.folder or entry.error_code:
        return None
    folder = read / entry.folder
    try:
        return ReadFile(name, item.paths[0], (folder / TEXT).read_text("utf-8"), read_record(folder))
    except (OSError, ValidationError):
        return None


def _counted(name: str, appraisal: Appraisal, dossier: Dossier) -> Appraised:
    checks = [*appraisal.checks, *(check for candidate in appraisal.candidates for check in candidate.checks)]
    states = Counter(check.state for check in checks)
    return Appraised(
        name=name,
        candidates=len(appraisal.candidates),
        papers=sum(1 for paper in appraisal.papers if paper.scans),
        states=tuple(states.items()),
        asked=len(appraisal.to_ask),
        unread=len(dossier.unread),
    )
