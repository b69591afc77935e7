"""Signed, verified, published: whatever is done with a release after it was made, and never to it."""
