"""The task runner that the settings name: lots are worked on by this process, by several, or by a Dask cluster."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from prefect import Task
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.pool import end_with_parent
from flows.settings import Settings
from warehouse.vocabulary.errors import Unreachable, WrongSettings

_TRIES = 3  # of a call whose process dies: once is bad luck, three times in a row is the call
_PATIENCE = 60  # seconds for a Dask scheduler to have a worker

Call = dict[str, Any]
"""The arguments of one call of a task: small, as they travel."""


class _Died(Exception):
    """The process that worked on a call is gone, or the cluster: what is left is called again."""


def results_of(settings: Settings, task: Task[..., Any], stages: Sequence[Sequence[Call]]) -> Iterator[Any]:
    """What a task gives for each of its calls, in their order; the calls of one stage may run at the same time.

    A call whose process is killed is made again, so it must be safe to repeat. Raises what a call raises, Unreachable
    if processes keep dying over one call or no cluster answers, WrongSettings if Dask cannot be used so.
    """
    left = deque(deque(stage) for stage in stages if stage)
    deaths = 0
    while left:
        try:
            with _RUNNERS[settings.task_runner](settings) as runner:
                while left:
                    for result in _finished(runner, task, left[0]):
                        deaths = 0
                        yield result
                    left.popleft()
        except _Died as cause:
            deaths += 1
            if deaths == _TRIES:
                raise Unreachable(
                    f"หน่วยประมวลผลหยุดกลางคันซ้ำที่งาน {left[0][0]['number']} โปรดดูหน่วยความจำและบันทึกของเครื่องนั้น แล้วลองใหม่",
                    f"workers keep dying over task {left[0][0]['number']}; see their memory and logs, then try again",
                ) from cause


def _finished(runner: TaskRunner[Any], task: Task[..., Any], calls: deque[Call]) -> Iterator[Any]:
    """The result of each call, which is then no longer among the calls that are left."""
    futures = deque(runner.submit(task, call) for call in calls)
    while futures:
        result = futures.popleft().result()
        calls.popleft()
        yield result


@contextmanager
def _threads(_: Settings) -> Iterator[TaskRunner[Any]]:
    # One: the files of a lot are read on all cores as it is, and Great Expectations bears no second one beside it.
    runner: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=1)
    with runner:
        yield runner


@contextmanager
def _processes(_: Settings) -> Iterator[TaskRunner[Any]]:
    try:
        with ProcessPoolTaskRunner(initializer=end_with_parent) as runner:
            yield runner
    except BrokenProcessPool as cause:
        raise _Died from cause


@contextmanager
def _dask(settings: Settings) -> Iterator[TaskRunner[Any]]:
    if not settings.dask_scheduler or settings.warehouse_url.startswith("sqlite"):
        raise WrongSettings(
            'task_runner = "dask" ต้องตั้ง dask_scheduler และใช้ฐานข้อมูล PostgreSQL (database_url) ดู docs/scaling.md',
            'task_runner = "dask" needs dask_scheduler and a PostgreSQL database_url, see docs/scaling.md',
        )
    try:
        from distributed import KilledWorker
        from prefect_dask.task_runners import DaskTaskRunner
    except ModuleNotFoundError as cause:
        raise WrongSettings(
            'ยังไม่ได้ติดตั้ง Dask โปรดสั่ง pip install "prongsai[dask]"',
            'Dask is not installed; run pip install "prongsai[dask]"',
        ) from cause
    with DaskTaskRunner(address=settings.dask_scheduler) as runner:
        try:
            runner.client.wait_for_workers(1, timeout=_PATIENCE)
        except OSError as cause:  # of which a timeout is one
            raise Unreachable(
                f"คลัสเตอร์ Dask ที่ {settings.dask_scheduler} ไม่ตอบหรือไม่มี worker โปรดเปิดแล้วลองใหม่ ({cause})",
                f"the Dask cluster at {settings.dask_scheduler} does not answer or has no worker; start it ({cause})",
            ) from cause
        try:
            yield runner
        except (KilledWorker, CancelledError) as cause:  # the second where the scheduler itself went away
            raise _Died from cause


_RUNNERS = {"threads": _threads, "processes": _processes, "dask": _dask}
