"""The gate: Great Expectations judges every verdict column of a batch against the bounds of the catalogue.

Its import takes seconds, so it happens once, in here, and not for an officer who only checks a file: what the officer
is told comes from the same columns by the same bounds, and `judge` stops the run if the two ever disagree.
"""

from collections.abc import Iterable

import pandas as pd

from expectations.catalogue import Rule


def failing_counts(frame: pd.DataFrame, rules: Iterable[Rule]) -> dict[str, int]:
    """How many rows of a frame fail each rule, as Great Expectations counts them.

    Raises RuntimeError if a rule could not be run: that is our bug and says nothing of the data.
    """
    import great_expectations as gx
    from great_expectations.expectations import (  # type: ignore[attr-defined]
        ExpectColumnValuesToBeBetween,
    )

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    asset = context.data_sources.add_pandas("batch").add_dataframe_asset("frame")
    batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(
        name="catalogue",
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
    outcome = batch.validate(suite, result_format={"result_format": "BASIC", "partial_unexpected_count": 0})
    counts = {}
    for result in outcome.results:
        rule = result.expectation_config.meta["rule"]  # type: ignore[union-attr]
        if result.exception_info.get("raised_exception") or "unexpected_count" not in result.result:
            raise RuntimeError(f"rule {rule} could not be run: {result.exception_info}")
        counts[rule] = int(result.result["unexpected_count"])
    return counts
