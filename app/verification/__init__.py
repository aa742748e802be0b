"""Checks what others bring: the text of a code, a photo or scan of a paper, a PDF.

``finding`` reads a file, in a process of its own; ``files`` asks it; ``judging`` says what the paper is worth.
"""
