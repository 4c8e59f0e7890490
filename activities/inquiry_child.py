"""The process in which an inquiry is worked on: it keeps what comes of it, and ends.

`python -m activities.inquiry_child` reads one line of JSON; how far it is stands in a file, as of a simulation.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

from activities.bootstrap import open_station
from activities.inquiries import Inquiries
from activities.simulation_child import Telling, progress_file
from store.settings import Settings


def run(request: Mapping[str, Any]) -> None:
    settings, inquiry_id = Settings(**request["settings"]), request["inquiry"]
    with open_station(settings) as station, Telling(progress_file(settings, inquiry_id)) as telling:
        Inquiries(station).answer(inquiry_id, telling)


if __name__ == "__main__":
    run(json.loads(sys.stdin.readline()))
