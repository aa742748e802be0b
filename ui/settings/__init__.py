"""Settings: the look of the window, operators, this counter, its journal."""
