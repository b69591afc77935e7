"""WHEN, and in what order: Prefect flows, the command line, the settings. Only room that imports prefect."""
