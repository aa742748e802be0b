"""The document camera's live view over the window: pages are taken, kept at once, and go on to their material."""
