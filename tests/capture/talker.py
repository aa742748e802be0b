"""A helper process for tests: answers, dies, hangs or babbles as it is told."""

import os
import sys
import time

from app.capture.messages import Message, read_message, write_message


def main() -> None:
    while message := read_message(sys.stdin.buffer):
        match message.header["do"]:
            case "echo":
                write_message(sys.stdout.buffer, Message({"did": "echo", "pid": os.getpid()}, message.parts))
            case "warm_up":
                write_message(sys.stdout.buffer, Message({}))
            case "die":
                os._exit(3)
            case "hang":
                time.sleep(600)
            case "babble":
                sys.stdout.buffer.write(b"\x00" * 8 + b"not a message")
                sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
