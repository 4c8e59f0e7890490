"""Addresses that a request names to go on to: only ours are followed."""

from web.typed import is_clean


def safe_path(path: str) -> str:
    """An address of our own pages, or the home page."""
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if ours and is_clean(path) and not set(path) & set("\t\r\n") else "/"
