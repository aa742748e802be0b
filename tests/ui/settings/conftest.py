"""What a section's presenter stands on: a real counter, a runner that waits, a view that remembers."""

from types import SimpleNamespace

import pytest

from app.demonstration import CLERK
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from ui.navigation import Session


class View:
    state = None

    def render(self, state):
        self.state = state


@pytest.fixture
def view():
    return View()


@pytest.fixture
def runner():
    return PatientRunner()


@pytest.fixture
def around(counter, runner):
    renewed = []

    def renew(then):
        renewed.append(True)
        then()

    return SimpleNamespace(
        counter=counter,
        session=Session(CLERK),
        runner=runner,
        navigator=WrittenNavigator(),
        renewed=renewed,
        renew=renew,
        lasting=runner,
    )
