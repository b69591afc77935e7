"""HOW an export is fetched and read. One folder a source, declared in small CSVs; shared code does the work."""
