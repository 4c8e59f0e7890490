"""These tests lay papers out in their own process, to see what the press's process would never let out."""

import os

import pytest

from activities.render_process import FONTS

os.environ["FONTCONFIG_FILE"] = str(FONTS)  # read once, when the layout library is imported below


@pytest.fixture(scope="session")
def fonts() -> "Fonts":
    return load()


@pytest.fixture(scope="session")
def layout() -> "Layout":
    return Layout({NOTICE})


from activities.printing.fonts import Fonts, load  # noqa: E402
from activities.printing.layout import Layout  # noqa: E402
from activities.printing.templates import NOTICE  # noqa: E402
