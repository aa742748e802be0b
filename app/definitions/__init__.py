"""Data files that a department or centre writes: catalogue, calendar, divisions, surnames, paper templates.

``reader`` walks YAML and ``lines`` text files for all the others. What the data means is the business of ``app.domain``;
keeping it is that of the store.
"""
