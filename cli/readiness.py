"""How a part of the station tells `yizhan run` that it is at work."""

import asyncio
import os
from contextlib import suppress

VARIABLE = "YIZHAN_READY_FD"


def announce() -> None:
    """Once; says nothing when nobody waits, as in a cluster."""
    descriptor = os.environ.pop(VARIABLE, None)
    if descriptor is not None:
        with suppress(BrokenPipeError):  # whoever waited is stopping, and will stop us too
            os.write(int(descriptor), b"ready")
        os.close(int(descriptor))


async def announced(read_end: int) -> bool:
    """False when the part ended before it was ready."""
    loop = asyncio.get_running_loop()
    said: asyncio.Future[bool] = loop.create_future()

    def read() -> None:
        loop.remove_reader(read_end)
        said.set_result(os.read(read_end, 16) != b"")

    loop.add_reader(read_end, read)
    try:
        return await said
    finally:
        loop.remove_reader(read_end)
        os.close(read_end)
