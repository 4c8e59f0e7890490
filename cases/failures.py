"""A failure (未能完成): something did not come about, and not through whoever asked; said in both languages."""

from cases.wording import Wording


class Failed(Exception):
    """The wording says what happened and what to do, and holds nothing personal."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.wording = Wording(zh, en)
