"""Starting the work on an inquiry in a process of its own."""

from typing import Final

from activities.own_process import begin
from store.settings import Settings

CHILD: Final = "activities.inquiry_child"


def start(settings: Settings, inquiry_id: str) -> None:
    """Returns at once."""
    begin(CHILD, {"settings": settings.model_dump(mode="json"), "inquiry": inquiry_id})
