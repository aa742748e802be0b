"""Log-in and lock: who is at the window."""
