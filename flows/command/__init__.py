"""The verbs of the command line, one module each: they call the rooms and say what happened."""
