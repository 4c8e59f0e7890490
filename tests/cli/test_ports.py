import socket

import pytest

from cases.refusals import Refused
from cli.ports import must_be_free


def test_a_taken_port_is_refused_and_a_free_one_not() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} .* YIZHAN_PORT"):
            must_be_free("127.0.0.1", port, "YIZHAN_PORT")
    must_be_free("127.0.0.1", port, "YIZHAN_PORT")
