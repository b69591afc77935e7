"""The gate: Great Expectations judges the numbers of a whole batch against the bounds of the catalogue.

Its import takes seconds, so it happens once, in here, and not for an officer who only checks a file: what the officer
is told comes from the same numbers by the same bounds, and `judge` stops the run if the two ever disagree.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.catalogue import Rule


def failing_counts(judged: Iterable[tuple[Mapping[str, npt.NDArray[np.int64]], Iterable[Rule]]]) -> dict[str, int]:
    """How many numbers fail each rule, as Great Expectations counts them; one validation for each set of columns.

    Raises RuntimeError if a rule could not be run: that is our bug and says nothing of the data.
    """
    import great_expectations as gx
    from great_expectations.expectations import ExpectColumnValuesToBeBetween  # type: ignore[attr-defined]

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_pandas("batch")
    counts: dict[str, int] = {}
    for place, (numbers, rules) in enumerate(judged):
        whole = source.add_dataframe_asset(f"numbers {place}").add_batch_definition_whole_dataframe("whole")
        suite = gx.ExpectationSuite(
            name=f"rules {place}",
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
        outcome = whole.get_batch({"dataframe": frame}).validate(suite, result_format=_COUNTS_ONLY)
        for result in outcome.results:
            rule = result.expectation_config.meta["rule"]  # type: ignore[union-attr]
            if result.exception_info.get("raised_exception") or "unexpected_count" not in result.result:
                raise RuntimeError(f"rule {rule} could not be run: {result.exception_info}")
            counts[rule] = int(result.result["unexpected_count"])
    return counts


_COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
