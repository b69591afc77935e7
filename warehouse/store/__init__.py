"""The store: opens a warehouse, loads judged exports into it and answers what reports and watchers ask."""
