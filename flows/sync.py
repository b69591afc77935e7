"""The sync flow: one run fetches, reads, checks and loads the whole batch that waits in the inbox."""

import datetime
from pathlib import Path

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.events import emit_event
from prefect.runtime import flow_run
from prefect.states import Completed

from connectors.inbox import Waiting
from flows.artifacts import keep_findings, keep_sync_summary
from flows.line import ExportResult, Wanted, chunks, sync_chunk, waiting_files
from flows.settings import read_settings
from warehouse.store.connection import open_warehouse
from warehouse.store.facts import findings_of
from warehouse.store.load import Outcome


@task(retries=3, retry_delay_seconds=[2, 10, 60], persist_result=False)
def fetch(config: str, wanted: Wanted) -> list[Waiting]:
    """The files that wait; a share or portal that does not answer is asked again."""
    return waiting_files(read_settings(Path(config)), wanted)


@task(task_run_name="check and load {number}", persist_result=False)
def check_and_load(config: str, files: list[Waiting], wanted: Wanted, number: int) -> list[ExportResult]:
    """One lot of files, in one transaction. Never retried here: the next sync takes up what was not loaded."""
    settings = read_settings(Path(config))
    warehouse = open_warehouse(settings.warehouse_url)
    return sync_chunk(settings, warehouse, files, wanted, now=datetime.datetime.now(datetime.UTC))


def _run_name() -> str:
    asked = flow_run.parameters
    return f"sync-{asked.get('source') or 'all'}-{asked.get('organisation') or 'all'}"


@flow(name="sync", flow_run_name=_run_name, persist_result=False)
def sync(config: str, source: str | None = None, organisation: str | None = None) -> "State[list[ExportResult]]":
    """Sync what waits, by the settings file at `config`; the state says whether the gate stayed closed for anything."""
    wanted = Wanted(source, organisation)
    results: list[ExportResult] = []
    for number, files in enumerate(chunks(fetch(config, wanted)), start=1):
        results += check_and_load(config, list(files), wanted, number)
    warehouse = open_warehouse(read_settings(Path(config)).warehouse_url)
    with_findings = [
        (one, one.judged.findings if one.judged else findings_of(warehouse, one.seen.export_id) if one.seen else ())
        for one in results
    ]
    keep_findings(with_findings)
    keep_sync_summary(with_findings)
    if any(one.outcome is Outcome.LOADED for one in results):
        # The report deployment waits for this event; its cron makes up for one that is lost.
        emit_event("prongsai.exports.loaded", resource={"prefect.resource.id": "prongsai.warehouse"})
    stopped = sum(not one.accepted for one in results)
    if stopped:
        return Completed(name="Quarantined", message=f"{stopped} of {len(results)} tables not accepted", data=results)
    return Completed(message=f"{len(results)} tables", data=results)
