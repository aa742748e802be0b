"""How many keys the commonest jobs take, so that nobody makes them longer unseen; docs/benchmarks.md has the table."""

import pytest

from tests.ui import keystrokes

MOST = {
    keystrokes.certificate_for_a_known_applicant: 15,
    keystrokes.relief_for_a_known_applicant: 15,
    keystrokes.finished_case: 7,
    keystrokes.supplement: 7,
}


@pytest.mark.parametrize("job", MOST, ids=lambda job: job.__name__)
def test_a_common_job_takes_few_keys(job, start, window, counter, place):
    keys = keystrokes.Keys(start)
    job(keys, counter, place.clock)
    assert keys.count <= MOST[job]
