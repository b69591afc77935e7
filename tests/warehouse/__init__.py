"""The same tree again."""
