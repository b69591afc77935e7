"""The evidence flow: one run tries every web page that reports cite."""

import datetime
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from expectations.evidence import DeadCitation
from flows.cause import telling_its_cause
from flows.settings import read_settings
from flows.watch.citations import try_citations
from warehouse.store.connection import open_warehouse


@flow(name="evidence", flow_run_name="evidence", persist_result=False)
@telling_its_cause
def evidence(config: str) -> "State[list[DeadCitation]]":
    """Try them all by the settings file at `config`; the state says whether any cannot be opened."""
    settings = read_settings(Path(config))
    now = datetime.datetime.now(datetime.UTC)
    dead = try_citations(settings, open_warehouse(settings.warehouse_url), now=now)
    if dead:
        said = "; ".join(one.finding.message.th for one in dead[:10])
        message = f"ลิงก์หลักฐานเปิดไม่ได้ {len(dead)} ลิงก์ / {len(dead)} dead links: {said}"
        return Completed(name="DeadLinks", message=message, data=dead)
    return Completed(message="ลิงก์หลักฐานเปิดได้ทุกลิงก์ / every cited page opens", data=dead)
