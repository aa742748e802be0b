"""What each part of the room looks like."""
