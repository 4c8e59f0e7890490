from pathlib import Path

import pytest

from activities.connection import ServerNotReached, connect
from activities.embedded_server import embedded_server, free_port
from store.settings import Settings


@pytest.mark.server
async def test_it_reaches_the_server_that_the_settings_name(tmp_path: Path) -> None:
    async with embedded_server(None) as server:
        client = await connect(Settings(data=tmp_path, temporal_address=server.address))
        assert client.namespace == "yizhan"
        assert await client.service_client.check_health()


async def test_a_server_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, temporal_port=free_port())
    with pytest.raises(ServerNotReached, match=f"127.0.0.1:{settings.temporal_port}.*yizhan run"):
        await connect(settings)
