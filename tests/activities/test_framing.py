from io import BytesIO

import pytest

from activities.framing import LONGEST, Torn, receive, send


def test_messages_arrive_whole_and_in_order() -> None:
    pipe = BytesIO()
    for message in (b"", b"one", "张𬭊".encode()):
        send(pipe, message)
    pipe.seek(0)
    assert [receive(pipe) for _ in range(3)] == [b"", b"one", "张𬭊".encode()]


@pytest.mark.parametrize("kept", range(7))
def test_a_torn_message_is_no_message(kept: int) -> None:
    pipe = BytesIO()
    send(pipe, b"one")
    with pytest.raises(Torn):
        receive(BytesIO(pipe.getvalue()[:kept]))


def test_a_message_longer_than_any_paper_is_not_read() -> None:
    with pytest.raises(Torn, match="more than any paper"):
        receive(BytesIO((LONGEST + 1).to_bytes(4, "big")))
