"""Passwords that are quick to check, where no test asks how hard one is to guess: `tests/store` does."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from store import accounts


@contextmanager
def quick_passwords() -> Iterator[None]:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "HASHER", quick)
        patch.setattr(accounts, "_NOBODY", quick.hash("nobody has this account"))
        yield
