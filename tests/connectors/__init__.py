"""Exports from bytes to typed rows."""
