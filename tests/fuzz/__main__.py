"""Every reader under atheris, which looks for bytes that take new paths: it reads a file or refuses it, nothing else.

`pip install atheris` (Linux or macOS; no part of the lock), then `make fuzz` tries each form for a minute, and
`python -m tests.fuzz FORM [SECONDS]` one form. What breaks a reader is left as build/fuzz/FORM/crash-…, and
`python -m tests.fuzz FORM build/fuzz/FORM/crash-…` reads it again. Zip packages are spoiled in the part that holds the
table; xls and pdf are read by processes of their own, a few a second.
"""

import contextlib
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["connectors"], enable_loader_override=False):
    from connectors.read import read_export

from tests.connectors.formats.written import EVERY_FORMAT, zipped
from tests.connectors.sheets import ALL, BUDGET_HEADING, BUDGET_TITLE, total
from warehouse.vocabulary.errors import Unreadable

TABLE = [[*row] for row in [*BUDGET_TITLE, BUDGET_HEADING, *ALL, total("รวมทั้งสิ้น", *ALL)]]
PARTS = {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml", "docx": "word/document.xml"}
SECONDS = "60"


def fuzz(form: str, run: str) -> None:
    """Try one form for some seconds, or with the bytes in a file; ends this process, with an error for a crash."""
    package = EVERY_FORMAT[form](TABLE)
    parts: dict[str, bytes] = {}
    if form in PARTS:
        with zipfile.ZipFile(BytesIO(package)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    found = Path("build", "fuzz", form)
    found.mkdir(parents=True, exist_ok=True)
    (found / "seed").write_bytes(parts[PARTS[form]] if parts else package)

    def read(content: bytes) -> None:
        with contextlib.suppress(Unreadable):
            read_export(zipped(parts | {PARTS[form]: content}) if parts else content)

    how = [run] if Path(run).is_file() else [str(found), f"-max_total_time={run}", f"-artifact_prefix={found}/"]
    atheris.Setup([sys.argv[0], *how], read)
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """One form in this process, or each in one of its own; how many forms broke."""
    if arguments:
        fuzz(arguments[0], arguments[1] if len(arguments) > 1 else SECONDS)
    command = [sys.executable, "-m", "tests.fuzz"]
    return sum(subprocess.run([*command, form], check=False).returncode != 0 for form in EVERY_FORMAT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
