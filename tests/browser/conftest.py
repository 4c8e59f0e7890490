"""The pages before a real browser."""

from tests.demo_record import demo_file

__all__ = ["demo_file"]
