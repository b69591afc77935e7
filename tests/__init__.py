"""The tests: the same tree as the rooms, and the rules of the house."""
