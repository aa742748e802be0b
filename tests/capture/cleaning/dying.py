"""A process that dies of whatever it is asked."""

import sys

from app.capture.messages import read_message

if __name__ == "__main__":
    read_message(sys.stdin.buffer)
    sys.exit(3)
