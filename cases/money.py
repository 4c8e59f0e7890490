"""Money as papers write it (金额): figures with separators, and the capital characters that cannot be altered."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
TOO_MUCH = 10**14  # fen: a million million yuan, past which the capital form has no settled spelling


def in_figures(amount_fen: int) -> str:
    """1,409.50 for 140950 fen."""
    _refuse_unpayable(amount_fen)
    return f"{amount_fen // 100:,}.{amount_fen % 100:02d}"


def in_words(amount_fen: int) -> str:
    """大写, by the annex of 《支付结算办法》; where that allows two spellings, the one with 零 after 元.

    A bank returns a paper whose words and figures differ, and cannot return one whose 零 stands where either may.
    """
    _refuse_unpayable(amount_fen)
    yuan, rest = divmod(amount_fen, 100)
    jiao, fen = divmod(rest, 10)
    words = "人民币"
    if yuan or not rest:
        words += (_whole(yuan) or DIGITS[0]) + "元"
    if not rest:
        return words + "整"
    if yuan and (jiao == 0 or yuan % 10 == 0):
        words += DIGITS[0]
    if jiao:
        words += DIGITS[jiao] + "角"
    return words + (DIGITS[fen] + "分" if fen else "")


def _whole(number: int) -> str:
    words, zeros_owed = "", False
    for group in reversed(range(len(GROUPS))):
        value = number // 10 ** (4 * group) % 10**4
        if value == 0:
            zeros_owed = bool(words)
            continue
        if words and (zeros_owed or value < 10**3):
            words += DIGITS[0]
        words += _four(value) + GROUPS[group]
        zeros_owed = False
    return words


def _four(value: int) -> str:
    words, zeros_owed = "", False
    for place in reversed(range(len(PLACES))):
        digit = value // 10**place % 10
        if digit == 0:
            zeros_owed = bool(words)
            continue
        words += (DIGITS[0] if zeros_owed else "") + DIGITS[digit] + PLACES[place]
        zeros_owed = False
    return words


def _refuse_unpayable(amount_fen: int) -> None:
    if not 0 <= amount_fen < TOO_MUCH:
        raise ValueError("A paper states amounts from nothing to a million million yuan; this one lies outside.")
