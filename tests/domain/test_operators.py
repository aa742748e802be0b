import pytest

from app.domain.operators import WHO_MAY, Act, Operator, Role


def test_the_table_tells_for_every_act_who_may_do_it():
    assert set(WHO_MAY) == set(Act)
    assert all(WHO_MAY.values())


@pytest.mark.parametrize(
    ("role", "act", "may"),
    [
        (Role.CLERK, Act.HANDLE_CASES, True),
        (Role.CLERK, Act.CONFIRM, False),
        (Role.CLERK, Act.EXPORT_JOURNAL, False),
        (Role.SUPERVISOR, Act.CONFIRM, True),
        (Role.REVIEWER, Act.DECIDE, True),
        (Role.REVIEWER, Act.HANDLE_CASES, False),
        (Role.ADMINISTRATOR, Act.MANAGE_ACCOUNTS, True),
        (Role.ADMINISTRATOR, Act.CONFIRM, False),
    ],
)
def test_a_role_allows_its_acts_and_no_others(role, act, may):
    assert Operator("x", "某人", (role,)).can(act) is may


def test_one_of_several_roles_is_enough():
    assert Operator("x", "某人", (Role.REVIEWER, Role.CLERK)).can(Act.HANDLE_CASES)
