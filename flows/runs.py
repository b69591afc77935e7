"""Flow runs as the server has them, however many."""

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import FlowRunSort


def all_runs(client: SyncPrefectClient, wanted: FlowRunFilter) -> list[FlowRun]:
    """Every run that the filter finds: one answer of the server holds no more than its limit, 200 by default."""
    found = list[FlowRun]()
    while page := client.read_flow_runs(flow_run_filter=wanted, sort=FlowRunSort.ID_DESC, offset=len(found)):
        found += page
    return list({run.id: run for run in found}.values())  # one that began meanwhile moved another to the next page
