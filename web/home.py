"""Where a reader lands: their own work, by role."""

from typing import Final

from starlette.responses import Response

from cases.roles import Role
from web.roles import AUDITING, CASE_WORK, LEADING, POLICY_WRITING, PUBLIC, RUNNING
from web.serving import Page
from web.visit import Visit

# The first that fits: who has cases to work on begins there, who leads with the overview. Who has no place of their
# own still has an account to look after.
HOMES: Final = (
    (CASE_WORK.roles - {Role.MANAGER}, "/queue"),
    (LEADING.roles, "/overview"),
    (AUDITING.roles, "/audit"),
    (RUNNING.roles, "/running"),
    (POLICY_WRITING.roles, "/policies"),
)


def home(visit: Visit) -> Response:
    if visit.reader is None:
        return visit.go("/sign-in")
    if visit.reader.account is None:
        return visit.go("/w/case")
    return visit.go(next((path for roles, path in HOMES if visit.roles & roles), "/sessions"))


ROUTES: Final = [Page("/", home, PUBLIC)]
