"""prongsai comment: what a person says of a finding, to be printed beside it in the next version of the report."""

from argparse import Namespace

from expectations.comments_file import read_comments
from expectations.decision_draft import record
from expectations.decision_file import add_decisions
from flows.command.say import now, say
from flows.settings import Settings
from reports.release import read_manifest
from reports.sign.approvals import findings_named
from reports.sign.ledger import release_folder
from warehouse.vocabulary.fiscal import thai_day


def comment(settings: Settings, arguments: Namespace) -> int:
    """Add a comment on what a release found to the comments file; the next report prints it."""
    manifest = read_manifest(release_folder(settings.path(settings.releases), arguments.release))
    findings = findings_named(manifest, [arguments.finding])
    records = [
        record(
            "comment",
            {
                "organisation": manifest["organisation"]["code"],
                "source": found["source"],
                **manifest["period"],
                "rule": found["rule"],
                **{key: found[key] for key in ("cell", "observed") if found[key]},
                "comment": arguments.text,
                "who": arguments.who,
                "when": thai_day(now()),
            },
        )
        for found in findings
    ]
    path = settings.path(settings.comments)
    add_decisions(path, list(dict.fromkeys(records)), read_comments)
    say(
        arguments.lang,
        f"บันทึกคำชี้แจงของ {arguments.finding} ใน {path} แล้ว สั่ง prongsai report เพื่อจัดทำฉบับที่พิมพ์คำชี้แจงนี้",
        f"recorded a comment on {arguments.finding} in {path}; run prongsai report for the version that prints it",
    )
    return 0
