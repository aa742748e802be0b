"""A helper process for tests that does not do what it should, as its one argument says."""

import sys
import time

from app.capture.messages import Message, read_message, write_message

PULSE_S = 0.02


def say(did, *parts, **header):
    write_message(sys.stdout.buffer, Message({"did": did, **header}, parts))


def main():
    asked = read_message(sys.stdin.buffer).header["wish"]["scanner"]
    match asked:
        case "still":
            while True:
                say("pulse", page=1, percent=3, moves=4)
                time.sleep(PULSE_S)
        case "no parts":
            say("page", media_type="image/jpeg", dpi=300)
        case "no words":
            say("trouble", trouble="volcano")
        case "deaf":
            while True:
                say("pulse", page=1, percent=3, moves=time.monotonic_ns())
                time.sleep(PULSE_S)


if __name__ == "__main__":
    main()
