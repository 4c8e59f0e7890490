"""What decided is kept once by its hash, however many decide by it at once, and is never handed out altered."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from sqlalchemy import Connection, Engine, func, select, update

from store.engine import read, write
from store.policy_contents import ContentAltered, PolicyContent, keep_policy_content, policy_contents
from store.tables.contents import policy_content as table
from tests.builders import OPENED_AT


def content(text: str) -> PolicyContent:
    return PolicyContent(sha256(text.encode()).hexdigest(), "hardship-worker", text)


ONE, OTHER = content('{"a":1}'), content('{"b":"零工"}')


def test_a_content_is_kept_once_and_found_by_its_hash(connection: Connection) -> None:
    for each in (ONE, OTHER, ONE):
        keep_policy_content(connection, each, OPENED_AT)
    assert policy_contents(connection, [ONE.hash, OTHER.hash, "unknown"]) == {ONE.hash: ONE, OTHER.hash: OTHER}
    assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 2


def test_many_who_decide_by_a_policy_for_the_first_time_do_not_hinder_each_other(engine: Engine) -> None:
    def decide(_: int) -> None:
        with write(engine) as connection:
            keep_policy_content(connection, ONE, OPENED_AT)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, range(24)))
    with read(engine) as connection:
        assert policy_contents(connection, [ONE.hash]) == {ONE.hash: ONE}


def test_a_content_that_was_altered_is_named(connection: Connection) -> None:
    keep_policy_content(connection, ONE, OPENED_AT)
    connection.execute(update(table).values(content=OTHER.content))
    with pytest.raises(ContentAltered, match=ONE.hash):
        policy_contents(connection, [ONE.hash])
