"""rules.yaml: written to be read by the people who confirm it, read back with errors that name line and key."""

from __future__ import annotations

import datetime as dt
import difflib
import math
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import regex
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import FoldedScalarString

from appraise.rule_files.rules_faults import find_faults
from appraise.rule_files.rules_in_words import criterion_in_words, deadline_in_words, papers_in_words
from appraise.rules import RuleBook
from normalize.errors import NotFoundError, RuleFileError

__all__ = ["read_rules", "rules_as_yaml"]

_HEAD = """Bảng tiêu chuẩn khen thưởng, đọc từ văn bản hướng dẫn. Máy đề xuất, người xác nhận.
Xác nhận một mục: sửa cho đúng nếu cần, rồi ghi
  status: confirmed
  by: họ tên người xác nhận
  on: 2031-07-31   # năm-tháng-ngày
Mục còn "status: proposed" vẫn được dùng, nhưng mọi kết quả dựa vào nó đều có dấu "chưa xác nhận".
Tiền ghi bằng đồng (400 triệu là 400000000). null là văn bản không nói.
Kiểm tra sau khi sửa: sohoa guideline --check rules.yaml"""
_SECTIONS = {
    "guideline": "Phần đầu văn bản; source là bản mà mục ấy được đọc, others là cách đọc ở các bản khác",
    "sources": "Các bản đã đọc",
    "criteria": "Tiêu chuẩn khen thưởng",
    "dossier_sets": "Thành phần hồ sơ: giấy tờ, số bản, cho đối tượng nào",
    "deadlines": "Thời hạn; inclusive: ngày đó còn trong hạn hay không, null là văn bản không nói rõ",
    "report_outline": "Đề mục mà báo cáo cần có",
    "questions": "Điều văn bản chưa nói: default được dùng đến khi answer có câu trả lời",
    "differences": "Chỗ các bản (hoặc tệp cũ và lần đọc mới) khác nhau",
}
_CONFIRMING = ("status", "by", "on")
_ALWAYS = {
    "value",
    "window",
    "inclusive",
    "copies",
    "answer",
    "criteria",
    "dossier_sets",
    "deadlines",
    "questions",
    *_CONFIRMING,
}
_LONG = 100  # characters; longer texts are folded over several lines
_MOST_FAULTS = 30
_DATE_KEYS = {"on", "date"}
_DAY = regex.compile(r"\b\d{4}-\d\d-\d\d\b")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119
# What pydantic calls a fault, in plain words.
_PLAIN = {
    "extra_forbidden": "unknown key",
    "missing": "this key is missing",
    "int_parsing": "a whole number is needed",
    "date_from_datetime_parsing": "a date is needed, such as 2031-07-31",
    "date_from_datetime_inexact": "a date is needed, such as 2031-07-31",
    "date_type": "a date is needed, such as 2031-07-31",
    "list_type": "a list is needed",
    "string_type": "a text is needed; put it in quotes",
}


def rules_as_yaml(book: RuleBook) -> str:
    """``rules.yaml`` of a rule book, with Vietnamese comments."""
    data: CommentedMap = _commented(book.model_dump(mode="python", by_alias=True))
    data.yaml_set_start_comment(_HEAD)
    for key, comment in _SECTIONS.items():
        if key in data:
            data.yaml_set_comment_before_after_key(key, before=f"\n{comment}")
    for key, lines in (
        ("criteria", [f"{c.place.item}: {criterion_in_words(c)}" for c in book.criteria]),
        ("dossier_sets", [f"{s.place.item}: {papers_in_words(s)}" for s in book.dossier_sets]),
        ("deadlines", [deadline_in_words(deadline) for deadline in book.deadlines]),
    ):
        for at, line in enumerate(lines):
            data[key].yaml_set_comment_before_after_key(at, before=f"\n{line}", indent=2)
    out = StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.allow_unicode = True
    yaml.width = _LONG
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda represent, _: represent.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    return yaml


def _commented(value: Any) -> Any:
    """Plain data as ruamel's own, as people like to read it.

    What is empty is left out unless a person may want to fill it in; id comes first, who confirmed it last; years and
    lists of numbers stand on one line, long texts over several.
    """
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key in _ALWAYS or item not in (None, "", [], {})}
        keys = sorted(kept, key=lambda key: (key != "id", key in _CONFIRMING))
        mapping = CommentedMap((key, _commented(kept[key])) for key in keys)
        if mapping and all(isinstance(item, int) for item in mapping.values()):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list | tuple):
        items = CommentedSeq(_commented(item) for item in value)
        if not any(isinstance(item, dict | list | str) for item in value):
            items.fa.set_flow_style()
        return items
    if isinstance(value, str) and len(value) > _LONG and "\n" not in value:
        return FoldedScalarString(value)
    return value


def read_rules(path: Path) -> RuleBook:
    """The rule book of a ``rules.yaml``.

    Raises:
        NotFoundError: There is no such file.
        RuleFileError: It is no YAML, has unknown keys or values that cannot be; each fault with its line.
    """
    data = _load(path)
    faults = [f"line {_line(data, where)}: {_path_in_words(where)}: {said}" for where, said in _numbers_for_dates(data)]
    if faults:
        raise _refused(path, faults)
    try:
        book = RuleBook.model_validate(_plain(data))
    except ValidationError as error:
        said = [(tuple(item["loc"]), _said(item)) for item in error.errors(include_url=False)]
        raise _refused(
            path, [f"line {_line(data, loc)}: {_path_in_words(loc)}: {what}" for loc, what in said]
        ) from None
    found = find_faults(book)
    if found:
        told = [f"line {_line(data, fault.path)}: {_path_in_words(fault.path)}: {fault.message}" for fault in found]
        raise _refused(path, told)
    return book


def _load(path: Path) -> CommentedMap:
    try:
        data = _yaml().load(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise NotFoundError(f"{path.name}: no such file, or it cannot be read.") from None
    except UnicodeDecodeError:
        raise RuleFileError(f"{path.name} is not UTF-8 text.", "Save it as UTF-8.") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise _refused(path, [f"line {line}: not YAML: {error.problem}"]) from None
    except (ValueError, RecursionError) as error:  # a date that is none; figures or brackets by the thousand
        raise _refused(path, [_day_that_is_none(path) or f"not YAML: {type(error).__name__}"]) from None
    except YAMLError:
        raise _refused(path, ["not YAML"]) from None
    if not isinstance(data, CommentedMap):
        raise _refused(path, ["line 1: no rules; a file of rules begins with `schema: sohoa/rules/1`"])
    return data


def _day_that_is_none(path: Path) -> str | None:
    """Where a file names a day that no calendar has: the YAML reader does not say."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        for day in _DAY.findall(line):
            try:
                dt.date.fromisoformat(day)
            except ValueError:
                return f"line {number}: {day} is no day of the calendar"
    return None


def _refused(path: Path, faults: Sequence[str]) -> RuleFileError:
    shown = list(faults[:_MOST_FAULTS])
    if len(faults) > _MOST_FAULTS:
        shown.append(f"and {len(faults) - _MOST_FAULTS} more")
    return RuleFileError("\n".join(f"{path.name}, {fault}" for fault in shown))


def _plain(value: Any) -> Any:
    """Data of ruamel as plain dicts, lists and strings."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _numbers_for_dates(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Dates given as numbers, as Excel keeps them: pydantic would take them for seconds."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        if key in _DATE_KEYS and isinstance(value, int | float) and not isinstance(value, bool):
            yield (*path, key), f"{value} is a number, a date is needed{excel_hint(value)}"
        yield from _numbers_for_dates(value, (*path, key))


def excel_hint(number: float) -> str:
    """What date a number is in Excel's count, as a hint; it is never taken for that date unasked."""
    if not math.isfinite(number) or int(number) not in _EXCEL_DAYS:
        return ""
    return f" (in Excel's count it would be {_EXCEL_EPOCH + dt.timedelta(days=int(number))})"


def _said(item: ErrorDetails) -> str:
    said = _PLAIN.get(item["type"])
    if item["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(item["loc"][-1]), _keys_at(item["loc"][:-1]), n=1)
        return f"{said}; did you mean `{near[0]}`?" if near else f"{said}"
    if item["type"] == "literal_error":
        return f"one of {item['ctx']['expected']} is needed"
    return said or item["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")


def _keys_at(path: Sequence[str | int]) -> list[str]:
    """Keys that may stand at a path."""
    model: Any = RuleBook
    for key in path:
        if isinstance(key, int):
            continue
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if key not in fields:
            return []
        model = next(iter(_models_in(fields[key].annotation)), None)
        if model is None:
            return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)


def _line(data: Any, path: Sequence[str | int]) -> int:
    """The line of the last part of a path that stands in the file, counted from 1."""
    line = 1
    for key in path:
        if isinstance(data, CommentedMap) and key in data:
            line = data.lc.key(key)[0] + 1
        elif isinstance(data, CommentedSeq) and isinstance(key, int) and key < len(data):
            line = data.lc.item(key)[0] + 1
        else:
            break
        data = data[key]
    return line


def _path_in_words(path: Sequence[str | int]) -> str:
    """("criteria", 3, "tests", 0) is "criteria 4, tests 1": counted as people count."""
    words: list[str] = []
    for key in path:
        if isinstance(key, int) and words:
            words[-1] += f" {key + 1}"
        else:
            words.append(str(key))
    return ", ".join(words) or "the whole file"
