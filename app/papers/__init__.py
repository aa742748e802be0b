"""Papers as PDF: templates that are data, set in embedded fonts, with the case number as a bar code.

``maker`` is the way in. It hands a paper to the ``press``, which has each block set (``prose``, ``ruled``, ``signing``,
``footer``) in lines (``typesetting``, ``linebreak``), breaks them into pages (``flow``), embeds the fonts (``fonts``,
``typeface``, ``embedding``) and draws with the ``pen``. What stands on a paper is decided elsewhere.
"""
