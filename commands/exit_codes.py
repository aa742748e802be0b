"""What a command ends with; scripts read it."""

GOOD, UNSOUND, CANNOT_TELL, ENVIRONMENT, REFUSED = 0, 1, 2, 3, 4
