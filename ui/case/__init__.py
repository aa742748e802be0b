"""One case with its history, read from the journal."""
