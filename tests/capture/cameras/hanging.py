"""A helper process whose camera opens and then stands still."""

import sys
import time

from app.capture.messages import Message, read_message, write_message


def main() -> None:
    while message := read_message(sys.stdin.buffer):
        if message.header["do"] != "open":
            time.sleep(600)
        write_message(sys.stdout.buffer, Message({"size": [640, 480]}))


if __name__ == "__main__":
    main()
