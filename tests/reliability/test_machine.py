"""The counter as a state machine; ``tests.campaigns.machine`` plays many more and longer sequences."""

import pytest
from hypothesis import HealthCheck, settings

from tests.reliability.machine import EncryptedMachine, MemoryMachine

FEW = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

TestEncrypted = pytest.mark.slow(EncryptedMachine.TestCase)
TestEncrypted.settings = FEW
TestMemory = MemoryMachine.TestCase
TestMemory.settings = FEW
