"""A helper process with a library that prints from C whenever one of its functions is called.

``python -m tests.capture.printing MODULE FUNCTION [ARGUMENT…]``
"""

import importlib
import os
import sys


def main():
    process, name = importlib.import_module(sys.argv.pop(1)), sys.argv.pop(1)
    quiet = getattr(process, name)

    def printing(*arguments, **named):
        os.write(1, b"Invalid SOS parameters for sequential JPEG\n")
        assert not os.read(0, 1)
        return quiet(*arguments, **named)

    setattr(process, name, printing)
    process.main()


if __name__ == "__main__":
    main()
