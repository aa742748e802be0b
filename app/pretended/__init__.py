"""Devices of the demonstration, which nobody has to plug in: a scanner and a document camera with fictitious papers.

``drawing`` has pens and fonts, ``cards`` and ``papers`` draw what lies there, ``scanner`` and ``camera`` implement the ports.
Nobody on these papers exists, and each of them says that it is a sample.
"""
