"""Reading on the workers of a real Dask scheduler: same results, limits kept, a worker that dies loses nothing."""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.ledger import LEDGER, Ledger, State
from corpus.store import read_record
from normalize.errors import EngineError, MissingDependencyError, NotFoundError, TimeLimitError
from sohoa.dask_executor import _CONNECT_SECONDS, DaskExecutor
from sohoa.executors import Done, Job, SerialExecutor
from sohoa.inputs import find_inputs
from sohoa.progress import Silence
from sohoa.run import run
from sohoa.settings import Settings
from tests.sohoa.dask_cluster import Cluster, do, is_alive

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]
LETTER = "UBND XÃ NẬM KHOANG\nSố: {number}/TB-UBND\nNậm Khoang, ngày 12 tháng 5 năm 2031\nTHÔNG BÁO\nVề việc họp bản\n"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(autouse=True)
def _two_workers(cluster: Cluster) -> None:
    while len(cluster.workers) < 2:
        cluster.add_worker()


def done_by(cluster: Cluster, items: list[tuple[str, object]]) -> list[Done]:
    with DaskExecutor(cluster.address) as executor:
        return list(executor.run(do, deque(Job(item, 6 if item[0] == "hang" else 60) for item in items)))


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 20
    while is_alive(pid):
        assert time.monotonic() < deadline, "a process was left behind"
        time.sleep(0.05)


def test_jobs_come_back_with_their_results(cluster: Cluster) -> None:
    begun, pages = [], []
    with DaskExecutor(cluster.address) as executor:
        jobs = deque(Job(("square", number), 60) for number in range(6))
        done = list(executor.run(do, jobs, on_begin=lambda item, worker: begun.append(item), on_pages=pages.append))
    assert sorted(each.result for each in done) == [number * number for number in range(6)]
    assert sorted(begun) == sorted(each.item for each in done)
    assert {each.phase for each in done} == {"reading"}
    assert all(":" in each.worker and each.seconds >= 0 for each in done)


def test_jobs_that_are_added_and_cleared(cluster: Cluster) -> None:
    jobs = deque([Job(("square", 2), 60)])
    found = []
    with DaskExecutor(cluster.address) as executor:
        for done in executor.run(do, jobs):
            found.append(done.result)
            if done.result == 4:
                jobs.extend(Job(("square", number), 60) for number in (3, 5))
            elif done.result == 9:
                jobs.clear()
    assert {4, 9} <= set(found) <= {4, 9, 25}


def test_what_goes_wrong_fails_its_job_only(cluster: Cluster, tmp_path: Path) -> None:
    items = [("die", 0), ("break", 0), ("hang", str(tmp_path / "pid")), ("square", 3), ("square", 4)]
    before = [worker.pid for worker in cluster.workers]
    done = {each.item[0]: each for each in done_by(cluster, items)}
    assert done["die"].died
    assert "SIGKILL" in str(done["die"].result)
    assert isinstance(done["break"].result, EngineError)
    assert "a line of the document" not in str(done["break"].result)
    assert isinstance(done["hang"].result, TimeLimitError)
    wait_until_gone(int((tmp_path / "pid").read_text("utf-8")))
    assert done["square"].result == 16
    assert all(is_alive(pid) for pid in before)


def test_a_worker_that_dies_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    begun: Counter[tuple[str, object]] = Counter()

    def begin(item: tuple[str, object], _worker: str) -> None:
        begun[item] += 1
        if begun.total() == 4:
            cluster.kill_worker()

    with DaskExecutor(cluster.address) as executor:
        jobs = deque(Job(("slow", number), 60) for number in range(7))
        done = list(executor.run(do, jobs, on_begin=begin))
    assert sorted(each.result for each in done) == list(range(7))
    assert set(begun) == {("slow", number) for number in range(7)}
    assert begun.total() <= 8  # what it had in hand was begun again, and told


def test_a_run_that_ends_early_leaves_no_process(cluster: Cluster, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    with pytest.raises(KeyboardInterrupt), DaskExecutor(cluster.address) as executor:
        for _ in executor.run(do, deque([Job(("hang", str(pid)), 600), Job(("square", 2), 60)])):
            while not pid.exists():
                time.sleep(0.05)
            raise KeyboardInterrupt
    time.sleep(0.1)
    wait_until_gone(int(pid.read_text("utf-8")))
    assert done_by(cluster, [("square", 5)])[0].result == 25


class Killer(Silence):
    """Kills a worker when so many documents have been begun."""

    def __init__(self, cluster: Cluster, after: int) -> None:
        self._cluster = cluster
        self._left = after

    def begin(self, key: str) -> None:
        self._left -= 1
        if self._left == 0:
            self._cluster.kill_worker()


def test_a_batch_on_the_cluster_is_that_of_one_machine(cluster: Cluster, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(1, 9):
        (source / f"{number}.txt").write_text(LETTER.format(number=number), "utf-8")
    (source / "binary.pdf").write_bytes(bytes(range(256)))
    results = {}
    for name, executor in {"local": SerialExecutor(), "dask": DaskExecutor(cluster.address)}.items():
        out = tmp_path / name
        inputs = find_inputs(source, out=out, pages_in_folders=False)
        report = run(inputs, out, Settings(), executor, Killer(cluster, 3) if name == "dask" else Silence())
        assert report.equation == "9 inputs = 8 done + 1 failed + 0 held + 0 skipped"
        results[name] = {number: read_record(out / f"{number}.txt") for number in range(1, 9)}
    assert results["dask"] == results["local"]
    with Ledger(tmp_path / "dask" / LEDGER) as ledger:
        attempts = [entry.attempts for entry in ledger.entries() if entry.state == "done"]
    assert sum(attempts) <= len(attempts) + 1
    inputs = find_inputs(source, out=out, pages_in_folders=False)
    assert run(inputs, out, Settings(), SerialExecutor()).count(State.SKIPPED) == 8
    assert (
        list((out / ".sohoa").glob("staging/*")) == []
    )  # what the killed worker had staged is cleared by the next run


def test_a_worker_that_is_told_to_go_goes(cluster: Cluster) -> None:
    done_by(cluster, [("square", number) for number in range(4)])
    cluster.dismiss_worker()
    assert done_by(cluster, [("square", 3)])[0].result == 9


@pytest.mark.parametrize("address", ["127.0.0.1:9", "127.0.0.1:99999"])
def test_nobody_answers(address: str) -> None:
    began = time.monotonic()
    with pytest.raises(EngineError, match="No Dask scheduler"), DaskExecutor(address):
        pass
    assert time.monotonic() - began < _CONNECT_SECONDS  # nobody listens: that is known at once


def test_another_version_or_a_folder_that_is_not_shared_stops_the_run(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sohoa.digest.version", lambda: "99")
    [done] = done_by(cluster, [("square", 2)])
    assert isinstance(done.result, MissingDependencyError)
    assert "run has 99" in str(done.result)


def test_a_file_that_only_the_run_sees_stops_it(cluster: Cluster) -> None:
    class Seen:  # as a worker without the shared folder would say of a file that is there
        paths = (Path(__file__),)

    from sohoa.dask_executor import _done

    class Task:
        item = Seen

    class Came:
        @staticmethod
        def result() -> Done:
            return Done(Task, NotFoundError("a.txt cannot be opened."), worker="far:1")

    with pytest.raises(MissingDependencyError, match="far:1 does not see"):
        _done(Job(Task, 1), Came)
