"""What is wrong with a field, in words for the person who filled it in; its value is never repeated."""

from collections.abc import Mapping
from typing import Any, Final

from cases.refusals import Refusal, refusal
from cases.wording import Wording

MISSING: Final = Wording("没有填写", "it is missing")
DAY: Final = Wording("须为日期，例如 2026-03-02", "it must be a day, such as 2026-03-02")
TIME: Final = Wording("须为时刻，例如 2026-03-02T09:00+08:00", "it must be a time, such as 2026-03-02T09:00+08:00")
WHOLE: Final = Wording("须为整数", "it must be a whole number")
TRUTH: Final = Wording("须为 true 或 false", "it must be true or false")
LIST: Final = Wording("须为列表", "it must be a list")
# By pydantic's kind of error; what stands in braces is a limit that the error itself carries.
MEANINGS: Final[Mapping[str, Wording]] = {
    "missing": MISSING,
    "missing_argument": MISSING,
    "unexpected_keyword_argument": Wording("没有这个字段，请检查拼写", "there is no such field: check its spelling"),
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "datetime_type": TIME,
    "datetime_parsing": TIME,
    "datetime_from_date_parsing": TIME,
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "string_type": Wording("须为文字（数字请加引号）", "it must be text (put a number into quotes)"),
    "enum": Wording("须为下列之一：{expected}", "it must be one of {expected}"),
    "greater_than_equal": Wording("不得小于{ge}", "it must be at least {ge}"),
    "less_than_equal": Wording("不得大于{le}", "it must be at most {le}"),
    "tuple_type": LIST,
    "frozen_set_type": LIST,
    "dataclass_type": Wording("须为“字段: 值”的形式", "it must be made of “field: value” lines"),
}
KEPT: Final = ("expected", "ge", "le")  # of what the error carries: limits, never a value
OTHERWISE: Final = Wording("内容不合要求", "it does not fit")


def misread(what: str | Wording, problem: Mapping[str, Any]) -> Refusal:
    """One error of pydantic's as a refusal that names the field."""
    field = ".".join(str(step) for step in problem["loc"])
    meaning = MEANINGS.get(problem["type"], OTHERWISE)
    context = {name: str(value) for name, value in problem.get("ctx", {}).items()}
    named = what if isinstance(what, Wording) else Wording(what, what)
    return refusal(
        f"field:{field}",
        f"{named.zh} 的“{field}”：{_filled(meaning.zh, context)}。",
        f"{named.en}: “{field}”: {_filled(meaning.en, context)}.",
    )


def _filled(sentence: str, context: Mapping[str, str]) -> str:
    for name in KEPT:
        sentence = sentence.replace(f"{{{name}}}", context.get(name, ""))
    return sentence
