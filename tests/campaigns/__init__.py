"""Long campaigns that try to lose something: each is a program of its own, with its figures in docs/reliability.md.

pytest does not run them; small seeded versions of each are tests under ``tests/capture`` and ``tests/reliability``.
"""
