"""What the sections of the settings decide, one module each; all of it runs without Qt."""
