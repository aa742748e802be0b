"""Clean page images: the sheet found, straightened, upright, evened out, in the colours that it needs.

``cleaner`` is the port's implementation and light to import; everything else runs in the process ``process``, where
``page`` takes a picture through the steps: ``picture`` decodes, ``sheet`` finds the corners, ``skew`` the angle of the
lines, ``upright`` which way is up, ``placing`` draws all that at once, ``light`` evens out shadows, ``content`` says
which colours the page needs and whether it is blank or blurred. The steps are functions of arrays: eight bits a pixel,
grey (two dimensions) or red, green, blue.
"""
