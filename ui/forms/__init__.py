"""Forms that lie in a room: what they ask for, what was typed, what they make. Rooms share them.

``form`` says what a form is and ``reading`` how what was typed is read, both without Qt; ``view`` shows any form, with
``asked`` for the lines of a supplement notice and ``handing`` for what is handed in.
"""
