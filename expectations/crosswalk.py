"""Plan projects against the budget lines that people matched with them; the two systems share no key."""

from collections.abc import Iterator

from expectations.case import Case
from warehouse.vocabulary.difference import Columns


def unmatched_rows(case: Case) -> Iterator[int]:
    """Plan projects with a budget that no approved match leads to a line; none where the budget is not at hand."""
    if case.budget is None:
        return
    matched = {match.project for match in case.matches}
    columns = case.reading.columns
    for row, (project, budget) in enumerate(zip(columns["project"], columns["budget"], strict=True)):
        if budget and project not in matched:
            yield row


def paid_otherwise(case: Case) -> dict[int, int]:
    """Matched projects whose payments differ from those of their lines: row -> what the lines say, in satang."""
    columns, differing = case.reading.columns, {}
    lines = _lines_of_projects(case)
    for row, project in enumerate(columns["project"]):
        if case.budget is not None and project in lines:
            paid = sum(case.budget["disbursed"][line] for line in lines[project])
            if paid != columns["disbursed"][row]:
                differing[row] = paid
    return differing


def expired_matches(case: Case) -> list[str]:
    """Names in approved matches that neither table prints any more, in their order."""
    if case.budget is None:
        return []
    projects, lines = set(case.reading.columns["project"]), set(case.budget["project"])
    names = [match.project for match in case.matches if match.project not in projects]
    return list(dict.fromkeys(names + [match.budget_line for match in case.matches if match.budget_line not in lines]))


def likely_line(case: Case, row: int) -> str | None:
    """The budget line that is probably a plan project's: of the same amount, or else by its name alone."""
    from rapidfuzz import fuzz, process  # only where there is something to suggest

    if case.budget is None:
        return None
    project, budget = (case.reading.columns[column][row] for column in ("project", "budget"))
    lines = case.budget["project"]
    same_amount = [line for line, approved in zip(lines, case.budget["approved"], strict=True) if approved == budget]
    for names, cutoff in ((same_amount, 50), (lines, 75)):
        if found := process.extractOne(project, names, scorer=fuzz.ratio, score_cutoff=cutoff):
            return str(found[0])
    return None


def _lines_of_projects(case: Case) -> dict[str, list[int]]:
    """The rows of the budget for each matched project of which every line is there."""
    budget: Columns = case.budget or {"project": ()}
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(budget["project"]):
        rows.setdefault(name, []).append(row)
    found: dict[str, list[int]] = {}
    for match in case.matches:
        found[match.project] = found.get(match.project, []) + rows.get(match.budget_line, [])
    return {project: lines for project, lines in found.items() if lines}
