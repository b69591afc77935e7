"""The words under which people know our columns, statuses and severities."""

from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Severity, Status

COLUMNS = {
    "programme": Words("แผนงาน", "programme"),
    "work": Words("งาน", "work"),
    "category": Words("งบ", "category"),
    "expense_type": Words("ประเภทรายจ่าย", "expense type"),
    "project": Words("โครงการ", "project"),
    "approved": Words("งบประมาณอนุมัติ", "approved"),
    "transfer_in": Words("โอนเพิ่ม", "transfer in"),
    "transfer_out": Words("โอนลด", "transfer out"),
    "committed": Words("ผูกพัน", "committed"),
    "disbursed": Words("เบิกจ่าย", "disbursed"),
    "remaining": Words("คงเหลือ", "remaining"),
    "number": Words("ลำดับ", "number"),
    "dimension": Words("มิติ", "dimension"),
    "budget": Words("งบประมาณ", "budget"),
    "status": Words("สถานะ", "status"),
    "note": Words("หมายเหตุ", "note"),
}

STATUSES = {
    Status.AWAITING_REPORT: Words("รอรายงาน", "awaiting report"),
    Status.IN_PROGRESS: Words("อยู่ระหว่างดำเนินการ", "in progress"),
    Status.COMPLETED: Words("ดำเนินการแล้วเสร็จ", "completed"),
    Status.NOT_FEASIBLE: Words("ไม่สามารถดำเนินการได้", "not feasible"),
}

SEVERITIES = {
    Severity.CRITICAL: Words("ร้ายแรง", "critical"),
    Severity.WARNING: Words("เตือน", "warning"),
    Severity.INFO: Words("แจ้งให้ทราบ", "info"),
}
