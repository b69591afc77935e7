"""Killing a sync and a report wherever they are, running them again, and comparing with a run that nobody disturbed."""
