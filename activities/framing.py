"""Messages between the worker and its press: a length, then that many bytes."""

from typing import IO

LENGTH = 4  # bytes
LONGEST = 64 * 1024 * 1024


class Torn(EOFError):
    """The other side ended in the middle of a message, or before one."""


def send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(LENGTH, "big") + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(pipe, LENGTH), "big")
    if length > LONGEST:
        raise Torn("A message announces more than any paper has.")
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    content = pipe.read(count)
    if len(content) != count:
        raise Torn("The other side ended.")
    return content
