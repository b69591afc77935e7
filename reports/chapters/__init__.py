"""What a report says, chapter by chapter, as plain data."""
