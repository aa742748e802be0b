"""A helper process for tests: answers, dies, hangs or babbles as it is told."""

import os
import sys
import time

from app.capture.messages import Message, read_message, write_message

ANSWERS = {"warm_up": {}, "fault": {"fault": "kind"}, "slow": {"did": "echo"}}
"""What is said to a question in so many words; "slow" is thought over."""


def main() -> None:
    while message := read_message(sys.stdin.buffer):
        match message.header["do"]:
            case "echo":
                say(Message({"did": "echo", "pid": os.getpid()}, message.parts))
            case "die":
                os._exit(3)
            case "hang":
                time.sleep(600)
            case "babble":
                sys.stdout.buffer.write(b"\x00" * 8 + b"not a message")
                sys.stdout.buffer.flush()
            case do if do in ANSWERS:
                time.sleep(0.3 * (do == "slow"))
                say(Message(ANSWERS[do]))


def say(message: Message) -> None:
    write_message(sys.stdout.buffer, message)


if __name__ == "__main__":
    main()
