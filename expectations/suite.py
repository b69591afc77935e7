"""The gate: Great Expectations judges the numbers of a whole batch against the bounds of the catalogue.

Its import takes seconds, so it happens once, in here, and not for an officer who only checks a file: what the officer
is told comes from the same numbers by the same bounds, and `judge` stops the run if the two ever disagree.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.catalogue import Rule
from warehouse.vocabulary.errors import WrongSettings

if TYPE_CHECKING:
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext


def failing_counts(
    judged: Iterable[tuple[Mapping[str, npt.NDArray[np.int64]], Sequence[Rule]]], data_docs: Path | None = None
) -> dict[str, int]:
    """How many numbers fail each rule, as Great Expectations counts them; one validation for each scope of rules.

    With `data_docs`, a folder, what was validated is written there as a site of Data Docs. Raises RuntimeError if a
    rule could not be run: that is our bug and says nothing of the data.
    """
    import great_expectations as gx
    from great_expectations.expectations import ExpectColumnValuesToBeBetween  # type: ignore[attr-defined]

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_pandas("batch")
    counts: dict[str, int] = {}
    for numbers, rules in judged:
        scope = rules[0].scope
        whole = source.add_dataframe_asset(scope).add_batch_definition_whole_dataframe("whole")
        suite = gx.ExpectationSuite(
            name=scope,
            expectations=[
                ExpectColumnValuesToBeBetween(
                    column=rule.rule,
                    min_value=rule.low,
                    max_value=rule.high,
                    severity=rule.severity.value,  # type: ignore[arg-type]
                    meta={"rule": rule.rule, "thai": rule.words.th, "english": rule.words.en},
                )
                for rule in rules
            ],
        )
        frame = pd.DataFrame(dict(numbers))
        validation = gx.ValidationDefinition(name=scope, data=whole, suite=context.suites.add(suite))
        validation = context.validation_definitions.add(validation)
        outcome = validation.run(batch_parameters={"dataframe": frame}, result_format=_COUNTS_ONLY)
        for result in outcome.results:
            rule = result.expectation_config.meta["rule"]  # type: ignore[union-attr]
            if result.exception_info.get("raised_exception") or "unexpected_count" not in result.result:
                raise RuntimeError(f"rule {rule} could not be run: {result.exception_info}")
            counts[rule] = int(result.result["unexpected_count"])
    if data_docs:
        _write_data_docs(context, data_docs)
    return counts


def _write_data_docs(context: "EphemeralDataContext", folder: Path) -> None:
    """The site of what this context validated. Raises WrongSettings if it cannot be written there."""
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.resolve())}
    index = {"class_name": "DefaultSiteIndexBuilder"}
    try:
        folder.mkdir(parents=True)
        context.add_data_docs_site(
            "run", {"class_name": "SiteBuilder", "store_backend": store, "site_index_builder": index}
        )
        context.build_data_docs(site_names=["run"])
    except OSError as cause:
        raise WrongSettings(
            f"เขียน Data Docs ลง {folder} ไม่ได้ ({cause.strerror}) โปรดแก้ data_docs ใน prongsai.toml",
            f"Data Docs cannot be written to {folder} ({cause.strerror}); mend data_docs in prongsai.toml",
        ) from cause


_COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
