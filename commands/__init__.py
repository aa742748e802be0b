"""The commands of ``main.py``, one file a family; beside it the only code that knows both ``app`` and ``ui``.

Each takes what was asked for and the settings, prints, and returns an exit code; errors of ``app`` go through to ``main``.
Each loads what it needs when it runs, no more: checking a journal needs no window, the window no report on the machine.
"""
