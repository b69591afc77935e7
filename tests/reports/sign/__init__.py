"""Signed, verified, published."""
