"""A process in place of the one that decodes: says what ``library`` names, whatever the photo."""

import sys

from app.capture.card_readers.photo_pixels import PIXELS
from app.capture.messages import Message, read_message, write_message


def main() -> None:
    asked = read_message(sys.stdin.buffer)
    out = sys.stdout.buffer
    match asked.header["library"]:
        case "short":
            write_message(out, Message({}, (bytes(PIXELS - 1),)))
        case "none":
            write_message(out, Message({}))
        case "two":
            write_message(out, Message({}, (bytes(PIXELS), bytes(PIXELS))))
        case "trouble":
            write_message(out, Message({"trouble": ["what", "ever"]}))
        case "babble":
            out.write(b"\x00" * 8 + b"not a message")
            out.flush()


if __name__ == "__main__":
    main()
