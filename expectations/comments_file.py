"""What people say of findings, to be printed beside them: comments.toml, one [[comment]] a remark."""

from pathlib import Path

from expectations.decision_file import read_decisions, wrong_decision
from warehouse.vocabulary.records import Comment
from warehouse.vocabulary.thai import normal_text

_TEXTS = ("organisation", "source", "rule", "comment", "who")
_OF_FINDING = ("cell", "observed")
LONGEST = 1000
"""Characters of a comment: it stands in one cell of a table, on no more than two pages."""


def read_comments(path: Path) -> tuple[Comment, ...]:
    """The comments in a file. Raises WrongSettings that names the file, the record and the key."""
    comments = []
    for number, record in enumerate(read_decisions(path, "comment", _TEXTS, ("half", *_OF_FINDING)), start=1):
        for key in _OF_FINDING:
            if not isinstance(record.get(key, ""), str):
                raise wrong_decision(path, f"comment {number}: {key}")
        said = normal_text(record["comment"])
        if len(said) > LONGEST:
            raise wrong_decision(path, f"comment {number}: comment > {LONGEST}")
        comments.append(
            Comment(
                record["organisation"],
                record["source"],
                record["period"],
                record["rule"],
                record.get("cell"),
                record.get("observed"),
                said,
                record["who"],
                record["when"],
            )
        )
    return tuple(comments)
