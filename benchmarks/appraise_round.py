"""Time and memory of the appraisal of a round of dossiers whose records are ready.

Usage: python benchmarks/appraise_round.py [--dossiers 200] [--candidates 12]

Dossiers are made up: a submission with its list, minutes and a report for each candidate. Their records are made from
plain text before the clock starts; loading them, telling the papers apart, all checks and all outputs (forms,
requests, the summary) are timed. Left out is the drawing of snips, for there are no pictures. Appraisals are dropped as
they are made, as the command line does. One process, CPU seconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from appraise.appraise_dossier import appraise
from appraise.checks.office_lists import OfficeLists
from appraise.checks.registry import EarlierAward, Registry
from appraise.dossier import ReadFile
from appraise.outputs.kept_outputs import KeptOutputs
from appraise.outputs.summary_rows import DossierRow
from appraise.outputs.summary_sheet import SUMMARY, summary_xlsx
from appraise.outputs.write_outputs import write_outputs
from appraise.reading.read_dossier import read_dossier
from appraise.rules import Criterion, Deadline, DossierSet, Exclusion, Place, RequiredPaper, RuleBook, Test, Window
from extract.read_record import extract_text
from extract.record import Record

FAMILY_NAMES = ("Lò", "Cầm", "Hà", "Vi", "Ma", "Đinh", "Lường", "Quàng", "Tòng", "Bạc")
GIVEN_NAMES = ("Ún", "Ính", "Lả", "Pâng", "Hoan", "Mai", "Thương", "Sơn", "Định", "Toản")
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
AWARD = "Bằng khen của Chủ tịch UBND tỉnh"
REGISTRY_SIZE = 5000


def main() -> None:
    """Appraise a round and print its pace and the peak of memory after each quarter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dossiers", type=int, default=200)
    parser.add_argument("--candidates", type=int, default=12)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        appraise_round(Path(folder), arguments.dossiers, arguments.candidates)


def appraise_round(out: Path, dossiers: int, candidates: int) -> None:
    """Appraise made-up dossiers into ``out``."""
    rules, registry, console, outputs = rules_of_round(), registry_of_round(), Console(), KeptOutputs(out)
    spent: Counter[str] = Counter()
    checks, rows = 0, list[DossierRow]()
    for number in range(dossiers):
        ready = made_up_records(number, candidates)
        with timed(spent, "load and tell papers apart"):
            files = [ReadFile(n, Path(n), text, Record.model_validate_json(record)) for n, text, record in ready]
            dossier = read_dossier(files, name=f"ho-so-{number}", received="2019-07-10")
        with timed(spent, "check"):
            appraisal = appraise(dossier, rules, OfficeLists(), registry)
        with timed(spent, "write outputs"):
            rows.append(write_outputs(outputs, dossier.name, appraisal, rules, lambda _: None))
        checks += sum(len(candidate.checks) for candidate in appraisal.candidates)
        if (number + 1) % max(1, dossiers // 4) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            console.print(f"{number + 1} dossiers: {spent.total():.1f} s of CPU, {checks} checks, peak {peak:.0f} MiB")
    with timed(spent, "write the summary"):
        outputs.write(SUMMARY, summary_xlsx(rows, []))
        outputs.save()
    for name, seconds in spent.items():
        console.print(f"  {name}: {seconds:.1f} s")


@contextmanager
def timed(spent: Counter[str], name: str) -> Iterator[None]:
    """Adds the CPU seconds of a block."""
    start = time.process_time()
    yield
    spent[name] += time.process_time() - start  # type: ignore[assignment]  # a Counter adds seconds as it adds counts


def made_up_records(number: int, candidates: int) -> list[tuple[str, str, str]]:
    """The files of a dossier of families of one commune, each with a report: name, text, record as JSON."""
    people = [family(number, at) for at in range(candidates)]
    rows = [f"| {at} | {name} | {AWARD} | {given} |" for at, (name, given) in enumerate(people, 1)]
    votes = [f"| {at} | {name} | {AWARD} | 9/9 | 100% |" for at, (name, _) in enumerate(people, 1)]
    commune = f"Bản {GIVEN_NAMES[number % 10]} {number}"
    head = f"UBND HUYỆN MƯỜNG SA\nỦY BAN NHÂN DÂN XÃ {commune.upper()}\n{MOTTO}\n"
    listed = "\n".join(["| STT | Họ và tên | Hình thức khen thưởng | Trị giá (triệu đồng) |", *rows])
    voted = "\n".join(["| TT | Họ và tên | Hình thức khen thưởng | Số phiếu | Tỷ lệ |", *votes])
    texts = {
        "01.txt": f"{head}Số: {number + 1}/TTr-UBND\n{commune}, ngày 10 tháng 6 năm 2019\nTỜ TRÌNH\n"
        f"Về việc đề nghị khen thưởng phong trào xây dựng nông thôn mới\n(có danh sách kèm theo).\n\fDANH SÁCH\n"
        f"Hộ gia đình đề nghị khen thưởng\n{listed}\n",
        "02.txt": f"{head}BIÊN BẢN\nHọp xét khen thưởng\n- Có mặt: 9/9 thành viên.\nKết quả:\n{voted}\n",
    }
    for at, (name, given) in enumerate(people):
        texts[f"{at + 3:02d}.txt"] = report(head, commune, name, given)
    return [(name, text, extract_text(text, name).model_dump_json(by_alias=True)) for name, text in texts.items()]


def report(head: str, commune: str, name: str, given: int) -> str:
    """A family's report of about a page."""
    gifts = "\n".join(
        f"- Năm {year}, gia đình ủng hộ {given // 8} triệu đồng làm đường và vận động các hộ trong bản cùng tham gia."
        for year in range(2011, 2019)
    )
    return (
        f"{head}{commune}, ngày 05 tháng 6 năm 2019\nBÁO CÁO THÀNH TÍCH\nĐề nghị tặng {AWARD}\n"
        f"{name}, xã {commune}, huyện Mường Sa\nI. THÔNG TIN CHUNG\nHọ và tên: {name}.\n"
        f"II. THÀNH TÍCH ĐẠT ĐƯỢC\n{gifts}\n"
        "III. KHEN THƯỞNG\nChưa được khen thưởng.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nMa Văn Thưởng\n"
    )


def family(number: int, at: int) -> tuple[str, int]:
    """The name of a family and what it gave, in millions."""
    seed = number * 31 + at * 7
    return f"Hộ gia đình ông {FAMILY_NAMES[at % 10]} Văn {GIVEN_NAMES[(at // 10 + seed) % 10]}", 320 + seed % 200


def rules_of_round() -> RuleBook:
    """One standard for families with an exclusion, one set, one deadline."""
    gifts = Test(measure="contribution", relation="ge", value=400_000_000, unit="đồng", cumulative=True)
    criterion = Criterion(
        id="g",
        award="bang_khen_tinh",
        candidate="family",
        tests=[gifts],
        window=Window(first=2011, last=2020),
        exclusions=[Exclusion(period=Window(first=2016, last=2018))],
        place=Place(item="II.1"),
    )
    papers = [RequiredPaper(kind=kind, copies=1) for kind in ("submission", "minutes", "achievement_report")]
    deadline = Deadline(what="Gửi hồ sơ", date=dt.date(2019, 7, 31), place=Place(item="IV"))
    held = DossierSet.model_validate({"for": "province", "papers": papers, "place": Place(item="III")})
    return RuleBook(criteria=[criterion], dossier_sets=[held], deadlines=[deadline])


def registry_of_round() -> Registry:
    """Earlier awards, many of them to people whose names share words with the candidates'."""
    entries = (
        EarlierAward(
            name=f"{FAMILY_NAMES[at % 10]} Thị {GIVEN_NAMES[at // 10 % 10]}",
            commune=f"Bản {at}",
            district="Mường Sa",
            unit="",
            award="Bằng khen",
            code=f"{at}/QĐ-UBND",
            day=f"{2011 + at % 8}-05-20",
            years=(2011 + at % 8, 2011 + at % 8),
            has_period=False,
            merit="",
            place=f"so.xlsx, dòng {at + 2}",
        )
        for at in range(REGISTRY_SIZE)
    )
    return Registry(tuple(entries), ("so.xlsx",))


if __name__ == "__main__":
    main()
