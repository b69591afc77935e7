"""What stops a release: a file that says another number than the report."""

from warehouse.vocabulary.errors import Damaged


def difference(file: str, what: str, found: str, right: str) -> Damaged:
    """The error that names the figure, the file and both values."""
    return Damaged(
        f"ไม่ออกรายงาน: {what} ในไฟล์ {file} เป็น {found} แต่ต้องเป็น {right} กรุณาแจ้งผู้ดูแลระบบ ไฟล์นี้ยังไม่ถูกเผยแพร่",
        f"No release: {what} in {file} is {found}, but must be {right}; nothing was published",
    )
