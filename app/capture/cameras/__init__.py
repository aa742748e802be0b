"""Document cameras (高拍仪) as UVC shows them to any system.

``process`` drives the camera in a process of its own: ``source`` opens it through OpenCV, ``looking`` finds the sheet
in a frame and tells whether it lies still. ``live`` is the port's implementation in the window's process, where OpenCV
is never loaded; ``listing`` says which cameras there are.
"""
