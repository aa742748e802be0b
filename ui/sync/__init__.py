"""The room of sync: what waits for the centre, what did not get through, and what the centre has proved."""
