"""prongsai rebuild: all facts anew from the archive, and whether they are what the warehouse holds."""

from argparse import Namespace

from flows.arrivals import archived_arrivals
from flows.command.say import complain, now, say, shown_path
from flows.job import Wanted, new_job
from flows.line import work_on
from flows.settings import Settings
from warehouse.archive import archived_exports
from warehouse.store.comparison import differing_facts, is_empty
from warehouse.store.connection import open_warehouse
from warehouse.vocabulary.errors import NotReady


def rebuild(settings: Settings, arguments: Namespace) -> int:
    """Judge and load every archived export into an empty database, and compare; 1 if anything differs."""
    own = (settings.path(settings.state) / "rebuilt.db").resolve()
    url = arguments.into or f"sqlite:///{own}"
    fresh = open_warehouse(url)
    if not is_empty(fresh):
        shown = "--into" if arguments.into else shown_path(str(own))
        raise NotReady(
            f"ฐานข้อมูลปลายทาง ({shown}) ไม่ว่าง โปรดลบหรือระบุฐานข้อมูลใหม่ด้วย --into",
            f"the target database ({shown}) is not empty; delete it, or name another by --into",
        )
    job = new_job(settings, Wanted(), now=now(), warehouse=fresh)
    came = archived_arrivals(settings, archived_exports(settings.archive))
    # As it came, so that each export finds before it what it found then.
    results = [result for together in came for result in work_on(job, together)]
    lost = [one.error for one in results if one.error and one.sha256 is None]
    for words in lost:
        complain(arguments.lang, words)
    tables = len(results) - len(lost)
    differing = differing_facts(open_warehouse(settings.warehouse_url), fresh)
    said = ", ".join(map(str, differing))
    say(arguments.lang, f"สร้างข้อมูลใหม่จากคลัง {tables} ตาราง", f"rebuilt {tables} tables from the archive")
    if differing:
        say(arguments.lang, f"ต่างจากคลังข้อมูลเดิม: {said}", f"they differ from the warehouse: {said}")
        return 1
    say(arguments.lang, "ตรงกับคลังข้อมูลเดิมทุกรายการ", "every fact equals the warehouse's")
    return 0
