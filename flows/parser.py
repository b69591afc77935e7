"""What the command line understands; others script against it."""

import argparse
import re
import sys
from collections.abc import Mapping
from typing import NoReturn

from warehouse.vocabulary.fiscal import FiscalYear, Period, period_from
from warehouse.vocabulary.records import MONEY_OF

USAGE = 64  # EX_USAGE of sysexits.h; 2 is taken by what cannot be read

VERBS = {
    "init": "สร้างไฟล์ตั้งค่าและโฟลเดอร์ / write a commented prongsai.toml and the folders",
    "check": "ตรวจไฟล์โดยไม่บันทึก / read and check files, write nothing",
    "correct": "บันทึกการแก้ไขค่าที่พิมพ์ผิด / record that a printed value is wrong",
    "sync": "นำเข้าไฟล์ใหม่ / fetch, read, check and load what is new",
    "report": "จัดทำรายงาน / make one report, or all that are ready",
    "run": "ทำทั้งหมดหนึ่งรอบ / the whole line once: sync, then every report that is ready",
    "backfill": "จัดทำรายงานของรอบที่ผ่านมา / the reports of past periods, the plan first",
    "serve": "ทำงานต่อเนื่องบนเครื่องเดียว / keep running on one machine: server, schedules, worker",
    "status": "สถานะ / how exports and reports stand",
    "comment": "ชี้แจงข้อสังเกตให้พิมพ์ในรายงาน / say of a finding what the report will print beside it",
    "diff": "สิ่งที่เปลี่ยนจากฉบับก่อนและวันตัดยอดก่อน / what changed since the version and the cut-off before",
    "signer": "สร้างกุญแจลงนาม / make the key that a person signs with",
    "approve": "ลงนามรับรองฉบับ / sign a release",
    "publish": "เผยแพร่ฉบับที่ลงนามแล้ว / put a signed release where everyone can read it",
    "verify": "ตรวจว่าฉบับไม่ถูกแก้ไขหลังลงนาม / prove a release unaltered and signed, offline",
    "template": "คัดลอกแม่แบบ Word ของรายงาน / copy out the report's Word template",
    "rebuild": "สร้างข้อมูลใหม่จากคลังไฟล์แล้วเทียบ / all facts anew from the archive, compared",
    "backup": "สำรองข้อมูลเป็นไฟล์เดียว / database, archive, releases and decisions into one file",
    "restore": "กู้คืนจากไฟล์สำรอง / bring a backup back into empty places",
}
_FOR_PROGRAMS = ("check", "sync", "report", "backfill", "status", "verify", "diff")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; wrong usage ends with exit code 64."""
    shared = _Parser(add_help=False)
    shared.add_argument("--config", metavar="FILE", default=argparse.SUPPRESS, help="ไฟล์ตั้งค่า (ปกติ ./prongsai.toml)")
    shared.add_argument("--lang", choices=("th", "en"), default=argparse.SUPPRESS, help="ภาษา / language")
    whole = _Parser(prog="prongsai", parents=[shared], description="โปร่งใส: รายงานรอบ 6 เดือนจาก e-LAAS และ e-PlanNACC")
    verbs = whole.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=_Parser)
    by_verb = {
        name: verbs.add_parser(name, parents=[shared], help=said, description=said) for name, said in VERBS.items()
    }
    for name in _FOR_PROGRAMS:
        by_verb[name].add_argument("--json", action="store_true", help="ผลลัพธ์สำหรับโปรแกรม / for programs")
    _of_exports(by_verb)
    _of_reports(by_verb)
    _of_releases(by_verb)
    _of_operations(by_verb)
    return whole


def _of_exports(verbs: Mapping[str, argparse.ArgumentParser]) -> None:
    verbs["check"].add_argument("files", nargs="+", metavar="FILE")
    verbs["sync"].add_argument("--source", choices=tuple(MONEY_OF))
    verbs["sync"].add_argument("--organisation", metavar="CODE")
    correct = verbs["correct"]
    correct.add_argument("file", metavar="FILE")
    what = correct.add_mutually_exclusive_group(required=True)
    what.add_argument("--suggested", action="store_true", help="ค่าที่การตรวจเสนอ / what the checks suggest")
    what.add_argument("--cell", type=_cell, metavar="I6")
    correct.add_argument("--to", metavar="48,984.00")
    correct.add_argument("--reason", required=True)
    correct.add_argument("--who", required=True, help="ชื่อและตำแหน่งผู้ตัดสินใจ / name and position of who decided")
    correct.add_argument("--evidence", default="")


def _of_reports(verbs: Mapping[str, argparse.ArgumentParser]) -> None:
    report = verbs["report"]
    report.add_argument("--organisation", metavar="CODE", help="ไม่ระบุ = ทุกหน่วยงานที่พร้อม / none: all that are ready")
    report.add_argument("--fiscal-year", type=_fiscal_year, required=True, metavar="2566")
    report.add_argument("--half", type=int, choices=(1, 2), required=True)
    backfill = verbs["backfill"]
    backfill.add_argument("--from", dest="first", type=_period, required=True, metavar="2566-1")
    backfill.add_argument("--to", dest="last", type=_period, required=True, metavar="2569-1")
    backfill.add_argument("--organisation", metavar="CODE")
    backfill.add_argument("--yes", action="store_true", help="ทำตามแผน / do what the plan says")
    status = verbs["status"]
    ended = "ไม่ระบุ = รอบที่สิ้นสุดล่าสุด / none: the one that ended last"
    status.add_argument("--period", type=_period, metavar="2566-1", help=ended)
    status.add_argument("--links", action="store_true", help="ลองเปิดลิงก์หลักฐานก่อน / first try the evidence links")
    status.add_argument("--fail-if-late", action="store_true", help="คืนค่า 1 เมื่อมีเรื่องเกินกำหนด / exit 1 if overdue")
    status.add_argument("--html", metavar="FILE", help="เขียนหน้าสถานะ / write the status page")
    status.add_argument("--alert", action="store_true", help="แจ้งเตือนตาม alerts / tell the targets of `alerts`")


def _of_releases(verbs: Mapping[str, argparse.ArgumentParser]) -> None:
    verbs["diff"].add_argument("release", metavar="RELEASE")
    verbs["diff"].add_argument("--html", metavar="FILE", help="เขียนเป็นหน้าเว็บก่อนลงนาม / write it as a page")
    comment = verbs["comment"]
    comment.add_argument("release", metavar="RELEASE")
    comment.add_argument("--finding", metavar="FINDING", required=True, help="ระบบ:กฎ:เซลล์ / source:rule:cell")
    comment.add_argument("--text", required=True)
    comment.add_argument("--who", required=True, help="ชื่อและตำแหน่งผู้ชี้แจง / name and position of who says it")
    signer = verbs["signer"]
    signer.add_argument("action", choices=("add",))
    signer.add_argument("name", metavar="NAME", help="ชื่อของผู้ลงนามเอง / the signer's own name")
    approve = verbs["approve"]
    approve.add_argument("release", metavar="RELEASE", help="751NH-2566-1-v1 หรือโฟลเดอร์ / or its folder")
    approve.add_argument("--as", dest="name", metavar="NAME", required=True)
    approve.add_argument("--role", choices=("preparer", "approver"), required=True)
    approve.add_argument("--comment", default="", metavar="TEXT")
    approve.add_argument("--note", action="append", default=[], metavar="FINDING=TEXT")
    publish = verbs["publish"]
    publish.add_argument("release", metavar="RELEASE")
    publish.add_argument("--to", metavar="TARGET", help="โฟลเดอร์ ที่อยู่ หรือ env:ชื่อ / folder, address or env:NAME")
    publish.add_argument("--address", metavar="URL", help="ที่อยู่สาธารณะของปลายทาง / the target's public address")
    verify = verbs["verify"]
    verify.add_argument("folder", metavar="FOLDER")
    verify.add_argument("--trust", metavar="FOLDER", help="กุญแจสาธารณะที่เชื่อถือ / public keys to compare with")


def _of_operations(verbs: Mapping[str, argparse.ArgumentParser]) -> None:
    verbs["init"].add_argument("folder", nargs="?", default=".", metavar="DIR")
    pages = "เปิดเฉพาะหน้าข้อสังเกตและรายงาน / serve only the findings pages and releases"
    verbs["serve"].add_argument("--pages", action="store_true", help=pages)
    verbs["template"].add_argument("folder", nargs="?", default=".", metavar="DIR")
    verbs["rebuild"].add_argument("--into", metavar="URL", help="ฐานข้อมูลว่าง / an empty database")
    verbs["backup"].add_argument("file", metavar="FILE")
    verbs["restore"].add_argument("file", metavar="FILE")


def _cell(text: str) -> str:
    if not re.fullmatch("[A-Z]{1,3}[1-9][0-9]{0,6}", text):
        raise ValueError(text)
    return text


def _fiscal_year(text: str) -> int:
    try:
        return FiscalYear(int(text)).year
    except ValueError as cause:
        said = f"{text!r} ไม่ใช่ปีงบประมาณ พ.ศ. เช่น 2566 / no Buddhist fiscal year such as 2566"
        raise argparse.ArgumentTypeError(said) from cause


def _period(text: str) -> Period:
    try:
        return period_from(text)
    except ValueError as cause:
        said = f"{text!r} ไม่ใช่รอบ เช่น 2566-1 (ปีงบประมาณ พ.ศ.-ครึ่งปี) / no Buddhist fiscal year and half such as 2566-1"
        raise argparse.ArgumentTypeError(said) from cause
