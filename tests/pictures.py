"""Pictures of what the example gives, for the README: `make pictures`. Needs pdftoppm and Chromium."""

import subprocess
import tempfile
from pathlib import Path

from tests.conftest import EXAMPLE

PICTURES = EXAMPLE.parent.parent / "docs" / "pictures"
BROWSER = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip


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
        command = [*BROWSER, f"--user-data-dir={profile}", target, size, html.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    release = sorted((EXAMPLE / "releases" / "751NH" / "2566-1").glob("v*"))[-1]
    page(release / "report.pdf", 3, "report-page")
    page(release / "report.pdf", 6, "report-budget")
    screenshot(release / "report.html", "report-desktop", 1200, 1400)
    screenshot(release / "report.html", "report-phone", 390, 844)
    stopped = sorted((EXAMPLE / ".prongsai" / "findings").glob("*.html"))[0]
    screenshot(stopped, "findings", 1200, 1100)
