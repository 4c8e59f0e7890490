"""The planted demonstration."""

from tests.demo_record import demo

__all__ = ["demo"]
