"""A paper laid before somebody who signs it on a pad, a touch screen or with the mouse."""
