from tests.fakes.navigator import PatientRunner
from ui.scope import Scope


def fails():
    raise ValueError


def test_answers_and_failures_come_until_the_scope_ends():
    runner, got = PatientRunner(), []
    scope = Scope(runner)
    scope.run(lambda: "early", got.append, got.append)
    runner.work()
    scope.run(lambda: "late", got.append, got.append)
    scope.run(fails, got.append, got.append)
    scope.end()
    runner.work()
    assert got == ["early"]
