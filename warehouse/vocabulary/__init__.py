"""The words of the house: money, the fiscal year, Thai text, records and errors. Standard library only."""
