"""e-PlanNACC: declared in source.toml and columns.csv; shared code does the reading."""
