"""Readers of identity cards that speak the serial protocol of GA 450.

``frames`` knows bytes, ``dialogue`` the commands, ``text_block`` what a chip says, ``watching`` how a card comes and
goes, ``lines`` serial ports, ``reader`` finds the reader among them and is the port.

What a card says stays in memory: nothing here writes it anywhere. The picture on the chip is WLT, whose decoders are
closed: it is asked for, because the protocol has no shorter reading, and dropped.
"""
