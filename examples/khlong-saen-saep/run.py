"""The main job on the example: what the checks find, the gate that stays closed, the report after a decision."""

import os
import sys
from pathlib import Path

from flows.cli import main

HERE = Path(__file__).parent
CONFIG = ["--config", str(HERE / "prongsai.toml")]


def step(title: str, command: list[str], expected: int, **environment: str) -> None:
    """Run one command line as a user would; stop if it ends otherwise than it must."""
    print(f"\n── {title}\n$ prongsai {' '.join(command)}", flush=True)
    os.environ.update(environment)
    ended = main([*command, *CONFIG])
    for name in environment:
        del os.environ[name]
    print(f"(exit {ended})", flush=True)
    if ended != expected:
        sys.exit(f"expected exit {expected}: {title}")


if __name__ == "__main__":
    budget = os.path.relpath(HERE / "inbox" / "751NH" / "elaas_2566-03-31.xlsx")
    step("๑. ตรวจไฟล์: พบเซลล์ที่ผิดหนึ่งเซลล์ / check: one wrong cell, named", ["check", budget], 1)
    step(
        "๒. นำเข้าโดยยังไม่มีการแก้ไข: ประตูปิด ไฟล์ถูกกักไว้ / sync without a correction: the gate stays closed",
        ["sync"],
        1,
        PRONGSAI_CORRECTIONS="no-corrections.toml",
    )
    step("๓. ทำทั้งสายงานเมื่อมีบันทึกการแก้ไข / the whole line with the correction on record", ["run"], 0)
    releases = sorted((HERE / "releases" / "751NH" / "2566-1").glob("v*"))
    print(f"\nรายงานอยู่ที่ / the report lies in\n  {os.path.relpath(releases[-1])}/report.pdf")
    print(f"  {os.path.relpath(releases[-1])}/report.html")
