"""Controls that every room shares. They know the theme and Qt, nothing of ``app`` and nothing of rooms."""
