import pytest

from cases.names import mask_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("示例", "示*"),
        ("示例甲", "示**"),
        ("欧阳示例", "欧阳**"),
        ("欧阳", "欧*"),
        ("示", "示"),
        ("", ""),
        ("Example Person Name", "Example *"),
    ],
)
def test_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked
