"""What the benchmarks share: percentiles, and a line of print."""

import statistics
from collections.abc import Sequence


def percentile(values: Sequence[float], share: int) -> float:
    """Return the ``share``-th percentile of at least two values."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def tell(name: str, seconds: Sequence[float]) -> None:
    """Print p50, p95, p99 and the largest in milliseconds."""
    ms = [value * 1000 for value in seconds]
    figures = "  ".join(f"p{share} {percentile(ms, share):.2f}" for share in (50, 95, 99))
    print(f"{name}: {figures}  max {max(ms):.2f} ms  (n = {len(ms)})")
