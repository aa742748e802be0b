"""What decides in each part of the room. Qt-free."""
