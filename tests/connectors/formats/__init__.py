"""Every form in which a table is handed in."""
