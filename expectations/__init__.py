"""WHAT must hold: the rule catalogue, the suites, error localisation. Only room that imports great_expectations."""
