"""The command line: reads the settings, hands over to a verb, turns errors into one line and an exit code."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from warehouse.vocabulary.errors import ProngsaiError, Unreadable, WrongSettings

_USAGE = 64  # EX_USAGE of sysexits.h; 2 is taken by what cannot be read
_NEEDS_SETTINGS = {"correct", "sync", "report", "run", "serve", "status", "signer", "approve", "publish", "diff"}
_WITHOUT_SETTINGS = {"init", "verify"}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(_USAGE, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    shared.add_argument("--config", metavar="FILE", default=argparse.SUPPRESS, help="ไฟล์ตั้งค่า (ปกติ ./prongsai.toml)")
    shared.add_argument("--lang", choices=("th", "en"), default=argparse.SUPPRESS, help="ภาษา / language")
    parser = _Parser(prog="prongsai", parents=[shared], description="โปร่งใส: รายงานรอบ 6 เดือนจาก e-LAAS และ e-PlanNACC")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=_Parser)

    def verb(name: str, help_text: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[shared], help=help_text, description=help_text)

    init = verb("init", "สร้างไฟล์ตั้งค่าและโฟลเดอร์ / write a commented prongsai.toml and the folders")
    init.add_argument("folder", nargs="?", default=".", metavar="DIR")
    check = verb("check", "ตรวจไฟล์โดยไม่บันทึก / read and check files, write nothing")
    check.add_argument("files", nargs="+", metavar="FILE")
    correct = verb("correct", "บันทึกการแก้ไขค่าที่พิมพ์ผิด / record that a printed value is wrong")
    correct.add_argument("file", metavar="FILE")
    what = correct.add_mutually_exclusive_group(required=True)
    what.add_argument("--suggested", action="store_true", help="ค่าที่การตรวจเสนอ / what the checks suggest")
    what.add_argument("--cell", type=_cell, metavar="I6")
    correct.add_argument("--to", metavar="48,984.00")
    correct.add_argument("--reason", required=True)
    correct.add_argument("--who", required=True, help="ชื่อและตำแหน่งผู้ตัดสินใจ / name and position of who decided")
    correct.add_argument("--evidence", default="")
    sync = verb("sync", "นำเข้าไฟล์ใหม่ / fetch, read, check and load what is new")
    sync.add_argument("--source", choices=("elaas", "eplannacc"))
    sync.add_argument("--organisation", metavar="CODE")
    report = verb("report", "จัดทำรายงาน / make one report")
    report.add_argument("--organisation", metavar="CODE", required=True)
    report.add_argument("--fiscal-year", type=_fiscal_year, required=True, metavar="2566")
    report.add_argument("--half", type=int, choices=(1, 2), required=True)
    verb("run", "ทำทั้งหมดหนึ่งรอบ / the whole line once: sync, then every report that is ready")
    verb("serve", "ทำงานต่อเนื่องบนเครื่องเดียว / keep running on one machine: server, schedules, worker")
    status = verb("status", "สถานะ / how exports and reports stand")
    status.add_argument("--period", type=_period, metavar="2566-1")
    status.add_argument("--fail-if-late", action="store_true")
    signer = verb("signer", "สร้างกุญแจลงนาม / make the key that a person signs with")
    signer.add_argument("action", choices=("add",))
    signer.add_argument("name", metavar="NAME", help="ชื่อของผู้ลงนามเอง / the signer's own name")
    approve = verb("approve", "ลงนามรับรองฉบับ / sign a release")
    approve.add_argument("release", metavar="RELEASE", help="751NH-2566-1-v1 หรือโฟลเดอร์ / or its folder")
    approve.add_argument("--as", dest="name", metavar="NAME", required=True)
    approve.add_argument("--role", choices=("preparer", "approver"), required=True)
    approve.add_argument("--comment", default="", metavar="TEXT")
    approve.add_argument("--note", action="append", default=[], metavar="FINDING=TEXT")
    verify = verb("verify", "ตรวจว่าฉบับไม่ถูกแก้ไขหลังลงนาม / prove a release unaltered and signed, offline")
    verify.add_argument("folder", metavar="FOLDER")
    verify.add_argument("--trust", metavar="FOLDER", help="กุญแจสาธารณะที่เชื่อถือ / public keys to compare with")
    publish = verb("publish", "เผยแพร่ฉบับที่ลงนามแล้ว / put a signed release where everyone can read it")
    publish.add_argument("release", metavar="RELEASE")
    publish.add_argument("--to", metavar="TARGET", required=True, help="โฟลเดอร์หรือที่อยู่ / folder or fsspec address")
    publish.add_argument("--address", metavar="URL", help="ที่อยู่สาธารณะของปลายทาง / the target's public address")
    diff = verb("diff", "สิ่งที่เปลี่ยนจากฉบับก่อน / what changed since the version before")
    diff.add_argument("release", metavar="RELEASE")
    for one in (check, sync, report, status, verify, diff):
        one.add_argument("--json", action="store_true", help="ผลลัพธ์สำหรับโปรแกรม / for programs")
    return parser


def _cell(text: str) -> str:
    if not re.fullmatch("[A-Z]{1,3}[1-9][0-9]{0,6}", text):
        raise ValueError(text)
    return text


def _fiscal_year(text: str) -> int:
    from warehouse.vocabulary.fiscal import FiscalYear

    return FiscalYear(int(text)).year


def _period(text: str) -> object:
    from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

    year, _, half = text.partition("-")
    return Period(FiscalYear(int(year)), Half(int(half)))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; gives its exit code."""
    arguments = _parser().parse_args(argv)
    if arguments.verb == "correct" and (arguments.cell is None) != (arguments.to is None):
        _parser().error("--cell --to")
    configured = getattr(arguments, "config", None) or os.environ.get("PRONGSAI_CONFIG")
    arguments.config = configured or "prongsai.toml"
    arguments.lang = getattr(arguments, "lang", None) or os.environ.get("PRONGSAI_LANG", "th")
    verb = getattr(import_module(f"flows.command.{arguments.verb}"), arguments.verb)
    try:
        if arguments.verb in _WITHOUT_SETTINGS:
            return int(verb(arguments))
        return int(verb(_settings(arguments, configured is not None), arguments))
    except ProngsaiError as error:
        print(error.words.said_in(arguments.lang), file=sys.stderr)  # noqa: T201
        return {Unreadable: 2, WrongSettings: _USAGE}.get(type(error), 1)
    except BrokenPipeError:  # the reader (head, less) went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _settings(arguments: argparse.Namespace, named: bool) -> object:
    """The settings; None for a check where there are none, which needs none."""
    path = Path(arguments.config)
    if arguments.verb not in _NEEDS_SETTINGS and not named and not path.is_file():
        return None
    from flows.settings import read_settings

    return read_settings(path)


if __name__ == "__main__":
    sys.exit(main())
