"""The planted demonstration."""

from tests.demo_record import demo, demo_file

__all__ = ["demo", "demo_file"]
