"""The addresses of workers' pages; those with a fixed name stand before those with an id."""

from typing import Final

from web import finding

ROUTES: Final = [*finding.ROUTES]
