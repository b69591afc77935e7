"""Tests of the room expectations."""
