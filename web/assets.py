"""Where a built file of the pages is found."""


def asset(name: str) -> str:
    return f"/static/{name}"
