"""Why somebody who does not work on a case looks at what is written in it: a reason of the closed list."""

from typing import Final

from web.forms import Form
from web.reasons import REASONS, Why
from web.visit import Visit

ASKED: Final = {why: words for why, words in REASONS.items() if why is not Why.OTHER}


def reason_given(visit: Visit) -> tuple[Form, Why | None]:
    form = Form.sent(visit)
    given = form.one_of("why", [why.value for why in ASKED])
    return form, Why(given) if given else None
