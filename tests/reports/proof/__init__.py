"""Tests of the proof of equality."""
