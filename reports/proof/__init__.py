"""Proof of equality: every file is read back as a stranger would read it, and each figure compared."""
