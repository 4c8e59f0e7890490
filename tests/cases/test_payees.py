import pytest

from cases.payees import PayeeAccount, account_refusals, mask_account, parse_account


def against(holder: str = "赵例", bank: str = "示例银行", number: str = "6200990000000001") -> list[str]:
    return [reason.code for reason in account_refusals(parse_account(holder, bank, number), "赵例")]


@pytest.mark.parametrize(
    ("number", "refused"),
    [
        ("1234567", True),
        ("12345678", False),
        ("1" * 30, False),
        ("1" * 31, True),
        ("6200 9900-0000 0001", False),
        ("６２００９９００", False),
        ("62009900X", True),
        ("", True),
    ],
)
def test_an_account_has_eight_to_thirty_digits(number: str, refused: bool) -> None:
    assert (against(number=number) == ["account-number"]) is refused


def test_an_account_is_the_applicants_own() -> None:
    assert against(holder="钱例") == ["account-holder"]
    assert against(holder=" 赵例 ") == []


def test_all_that_is_wrong_is_said_at_once_and_nothing_repeated() -> None:
    reasons = tuple(account_refusals(PayeeAccount("钱例", "", "六二"), "赵例"))
    assert [reason.code for reason in reasons] == ["account-number", "account-bank", "account-holder"]
    assert not any("钱例" in reason.wording.zh or "六二" in reason.wording.zh for reason in reasons)


def test_an_account_shows_its_last_four_digits_and_never_itself() -> None:
    assert mask_account("6200990000000001") == "****0001"
    assert mask_account("1234567") == "****"
    assert "6200" not in repr(PayeeAccount("赵例", "示例银行", "62009900"))
