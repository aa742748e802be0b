"""Scanners that answer what no scanner should; ``tests.campaigns.scanners`` tries many more."""

from tests.campaigns.scanners import outcome, quick


def test_hostile_scanners_cost_a_sentence():
    with quick():
        outcomes = {outcome(number) for number in range(160)}
    assert {"network: whole", "driver: whole", "network: driver", "driver: driver", "driver: jam"} <= outcomes
