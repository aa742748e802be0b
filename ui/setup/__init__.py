"""The first start: who and where this counter is, and its first operator."""
