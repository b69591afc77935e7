"""Why a file cannot be read: one line a cause, with what to do next."""

from connectors.limits import Limits
from warehouse.vocabulary.errors import Unreadable


def empty() -> Unreadable:
    """Nothing is in it."""
    return Unreadable("ไฟล์ว่างเปล่า ไม่มีข้อมูล กรุณาส่งออกรายงานใหม่อีกครั้ง", "The file is empty; export the report again.")


def damaged() -> Unreadable:
    """Cut short or broken bytes."""
    return Unreadable(
        "ไฟล์เสียหายหรือมาไม่ครบ กรุณาส่งออกรายงานใหม่ หรือเปิดไฟล์แล้วบันทึกใหม่เป็น .xlsx",
        "The file is damaged or cut short; export it again, or open it and save it as .xlsx.",
    )


def lost_letters() -> Unreadable:
    """Saved in an encoding without Thai."""
    return Unreadable(
        "ตัวอักษรไทยในไฟล์หายไป เหลือเพียงเครื่องหมาย ? กรุณาบันทึกใหม่เป็น .xlsx หรือ CSV UTF-8",
        "The Thai letters of the file are lost, only ? is left; save it again as .xlsx, or as CSV UTF-8.",
    )


def parted_amount(row: int, amount: str) -> Unreadable:
    """A comma within an amount parts it into two cells; row as the officer counts it."""
    return no_table(
        f'แถว {row}: จุลภาคใน "{amount}" แยกจำนวนเงินเป็นสองช่อง เพราะไม่มีเครื่องหมายคำพูดล้อม',
        f'Row {row}: the comma in "{amount}" parts an amount into two cells, as no quotes stand around it',
    )


def password() -> Unreadable:
    """Locked with a password."""
    return Unreadable(
        "ไฟล์มีรหัสผ่าน กรุณาเปิดไฟล์ นำรหัสผ่านออก แล้วบันทึกใหม่",
        "The file is protected by a password; open it, remove the password and save it again.",
    )


def not_text() -> Unreadable:
    """Neither a format that we know nor text."""
    return no_table("ไฟล์นี้ไม่ใช่เอกสารหรือตารางที่ระบบรู้จัก", "The file is neither a document nor a table that we know")


def too_large(th: str, en: str) -> Unreadable:
    """More than the limits allow; th and en name the measure and its bound."""
    return Unreadable(
        f"ไฟล์ใหญ่เกินกำหนด ({th}) กรุณาส่งเฉพาะรายงานที่ต้องใช้", f"The file is too large ({en}); hand in the report alone."
    )


def too_many_bytes(limits: Limits) -> Unreadable:
    """The file itself is too large to open."""
    megabytes = f"{limits.bytes / 1_000_000:,g} MB"
    return too_large(f"เกิน {megabytes}", f"more than {megabytes}")


def too_many_rows(limits: Limits) -> Unreadable:
    """A cell stands below the last row that we accept."""
    return too_large(f"เกิน {limits.rows:,} แถว", f"more than {limits.rows:,} rows")


def too_many_columns(limits: Limits) -> Unreadable:
    """A cell stands to the right of the last column that we accept."""
    return too_large(f"เกิน {limits.columns:,} คอลัมน์", f"more than {limits.columns:,} columns")


def too_much_unpacked(limits: Limits) -> Unreadable:
    """Unpacked, or as a table, the file takes more memory than we give it."""
    megabytes = f"{limits.unpacked_bytes / 1_000_000:,g} MB"
    return too_large(f"เมื่อคลายแล้วเกิน {megabytes}", f"more than {megabytes} unpacked")


def too_slow(limits: Limits) -> Unreadable:
    """Reading did not end in time."""
    return Unreadable(
        f"อ่านไฟล์ไม่เสร็จภายใน {limits.seconds:g} วินาที กรุณาส่งเป็น .xlsx หรือส่งเฉพาะหน้าที่มีตาราง",
        f"Reading took more than {limits.seconds:g} seconds; hand in .xlsx, or only the pages with the table.",
    )


def no_table(th: str, en: str) -> Unreadable:
    """Readable, but not as a table; th and en name what it is."""
    return Unreadable(f"{th} กรุณาส่งไฟล์รายงานเป็น .xlsx", f"{en}; hand in the report as .xlsx.")
