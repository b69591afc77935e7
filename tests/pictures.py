"""Pictures of what the example gives, for the README: `make pictures`. Needs pdftoppm and Chromium."""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser import COMMAND, Page, browser
from tests.conftest import EXAMPLE
from tests.flows.served import Served

PICTURES = EXAMPLE.parent.parent / "docs" / "pictures"


def page(pdf: Path, number: int, name: str) -> None:
    """One page of a PDF as a picture."""
    target = str(PICTURES / name)
    wanted = ["-f", str(number), "-l", str(number), "-r", "70", "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *wanted, str(pdf), target], check=True)


def screenshot(html: Path, name: str, width: int, height: int) -> None:
    """The top of a page as a browser shows it."""
    with tempfile.TemporaryDirectory() as profile:
        target = f"--screenshot={PICTURES / name}.png"
        size = f"--window-size={width},{height}"
        command = [*COMMAND, f"--user-data-dir={profile}", target, size, html.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def prefect_pages(folder: Path) -> None:
    """a finished run in Prefect, its findings, a run that waits for signatures; the status page."""
    served = Served(folder, {"PRONGSAI_SETTLE_SECONDS": "0"})
    try:
        served.start_run("hourly")
        served.until(lambda: served.runs("report-", "PAUSED"))
        [report], sync = served.runs("report-", "PAUSED"), served.runs("sync-", "COMPLETED")[0]
        found = served.asked("artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [sync["id"]]}}})
        [findings] = [one["id"] for one in found if one["key"] == "findings"]
        served.prongsai("status", "--html", str(folder / "status.html"), "--period", "2566-1")
        root = f"http://127.0.0.1:{served.port}"
        with browser() as shown:
            for name, address, words in (
                ("prefect-run", f"{root}/runs/flow-run/{sync['id']}", "2 tables"),
                ("prefect-findings", f"{root}/artifacts/artifact/{findings}", "ข้อสังเกต"),
            ):
                shown.go(address)
                shown.shows(words)
                keep(shown, name, 1100, 800)
            shown.go(f"{root}/runs/flow-run/{report['id']}")
            shown.click("Resume")
            shown.shows("รอลงนาม 1 ฉบับ")
            keep(shown, "prefect-sign-off", 1100, 960)
            shown.go((folder / "status.html").as_uri())
            shown.shows("สถานะรายงาน")
            keep(shown, "status", 1100, 620)
    finally:
        served.kill()


def keep(shown: Page, name: str, width: int, height: int) -> None:
    """A page as a small picture of 128 colours."""
    picture = Image.open(io.BytesIO(shown.picture(width, height))).convert("RGB")
    picture.quantize(128).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    release = sorted((EXAMPLE / "releases" / "751NH" / "2566-1").glob("v*"))[-1]
    page(release / "report.pdf", 3, "report-page")
    page(release / "report.pdf", 6, "report-budget")
    screenshot(release / "report.html", "report-desktop", 1200, 1400)
    screenshot(release / "report.html", "report-phone", 390, 844)
    stopped = sorted((EXAMPLE / ".prongsai" / "findings").glob("*.html"))[0]
    screenshot(stopped, "findings", 1200, 1100)
    with tempfile.TemporaryDirectory() as place:
        copied = shutil.ignore_patterns(".prongsai", "releases", "__pycache__")
        prefect_pages(shutil.copytree(EXAMPLE, Path(place, "prongsai"), ignore=copied))
