"""An account to which money is paid (收款账户), as its holder stated it; it must be the applicant's own."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cases.refusals import Refusal, refusal

LONGEST_BANK: Final = 60
_NUMBER: Final = re.compile(r"[0-9]{8,30}")
_SEPARATORS: Final = str.maketrans("", "", " \t-‐–—")


@dataclass(frozen=True)
class PayeeAccount:
    """Nothing of it shows in its repr."""

    holder: str = field(repr=False)  # 户名
    bank: str = field(repr=False)  # 开户银行
    number: str = field(repr=False)


def parse_account(holder: str, bank: str, number: str) -> PayeeAccount:
    """As it is kept: without the spaces of a card, in ordinary digits."""
    plain = unicodedata.normalize("NFKC", number).translate(_SEPARATORS)
    return PayeeAccount(_one_line(holder), _one_line(bank), plain)


def account_refusals(account: PayeeAccount, applicant_name: str) -> Iterator[Refusal]:
    """Every reason against an account; none repeats what was entered."""
    if not _NUMBER.fullmatch(account.number):
        yield refusal(
            "account-number",
            "账号应为8至30位数字，请对照银行卡或存折再录一遍。",
            "An account number has 8 to 30 digits: copy it from the card or the book again.",
        )
    if not 0 < len(account.bank) <= LONGEST_BANK or not account.bank.isprintable():
        yield refusal(
            "account-bank",
            f"请写明开户银行及网点，不超过{LONGEST_BANK}字。",
            f"Say which bank and branch keep the account, in at most {LONGEST_BANK} characters.",
        )
    if account.holder != _one_line(applicant_name):
        yield refusal(
            "account-holder",
            "户名须与申请人一致；补贴只发给本人（本单位）账户。",
            "The account has to be the applicant's own: a subsidy is paid to no other.",
        )


def mask_account(number: str) -> str:
    """The last four digits."""
    return f"****{number[-4:]}" if len(number) > len("****") * 2 - 1 else "****"


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
