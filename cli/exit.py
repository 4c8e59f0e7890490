"""How a command ends: said in words, and with an exit code that never lies."""

import logging
import os
import sys
from typing import NoReturn, TextIO

OK, FAILED, REFUSED = 0, 1, 2


def shutdown_and_exit(code: int) -> NoReturn:
    """Leave without the interpreter's farewell: Temporal's client can crash in it and so change the exit code."""
    logging.shutdown()
    written = [_flush(stream) for stream in (sys.stdout, sys.stderr)]
    os._exit(code if all(written) else code or FAILED)


def _flush(stream: TextIO) -> bool:
    """False when what was printed did not arrive, as on a full disk."""
    try:
        stream.flush()
    except BrokenPipeError:  # `| head` has seen enough
        return True
    except OSError:
        return False
    return True
