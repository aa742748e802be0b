"""Reads resident cards and business licences off pictures, without a network: the models ship in a wheel.

``reader`` is the port's implementation; all else runs in the helper process that it starts (``process``). ``engine`` finds
and reads lines of text, ``upright`` says how a picture lies, ``resident_card`` and ``licence`` take the fields out of the
lines (plain Python), ``papers`` puts together what belongs to one paper.
"""
