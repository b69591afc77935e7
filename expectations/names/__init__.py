"""Lists of names, by fiscal year, and what was probably meant by a name that is in none."""
