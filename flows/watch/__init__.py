"""WATCH: what reports, files and the machine lack or suffer just now, on a page and as alerts."""
