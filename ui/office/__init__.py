"""The room of a centre's administrator (数据中心): what the ``central …`` commands do, in the window.

``presenter`` leads to the centre and from part to part; each part is one presenter in ``presenters`` and one view in
``parts``. Everything that reaches the database goes through ``work``, beside the window.
"""
