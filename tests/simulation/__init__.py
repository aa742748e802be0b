"""Several stations and their centre, driven by one seeded scheduler that does to them whatever can happen.

``python -m tests.simulation --help`` runs seeds; ``world`` says what happens, ``invariants`` what must hold after it.
"""
