"""Which agreement a placement is founded on (协议的选择), by facts, with the clause for each reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.agreement_law import AgreementLaw
from cases.authorities import Authority, Tag
from cases.days import add_months
from cases.hardship.stages import AgreementForm
from cases.parties import Cited
from cases.refusals import Refusal, Refused, refusal
from cases.wording import Wording

WRITTEN_CONTRACT = Authority("劳动合同法第十条", Tag.FULL_TEXT)
PUBLIC_POSTS = Authority("就业促进法第五十三条", Tag.FULL_TEXT)
NOT_LABOUR = Authority("最高人民法院劳动争议司法解释（一）第二条", Tag.FULL_TEXT)
OVER_AGE = Authority("超龄劳动者规定（五部门令第56号，自2026年7月1日起）第二条、第六条", Tag.FULL_TEXT)
PLATFORMS = Authority("人社部发〔2021〕56号第二条", Tag.FULL_TEXT)


class EmployerKind(StrEnum):
    """用工主体类型."""

    ORGANISATION = "organisation"  # 企业、事业单位、社会组织等
    SOLE_TRADER = "sole-trader"  # 个体工商户
    PLATFORM = "platform"  # 平台企业及其合作企业
    HOUSEHOLD = "household"  # 家庭或个人


@dataclass(frozen=True)
class PlacementFacts:
    """What decides the form. None is unknown, and never taken for no."""

    employer: EmployerKind | None
    starts_on: date
    born_on: date | None
    retires_on: date | None  # the statutory day for this person, by the reform of 2025
    retirement_postponed: bool  # agreed in writing: then a labour relation goes on past that day
    public_post: bool
    paid_by_hour: bool | None
    minutes_per_day: int | None  # on average
    minutes_per_week: int | None
    under_direction: bool | None = None  # of a platform: whether it manages the work as an employer does


@dataclass(frozen=True)
class AgreementChoice:
    form: AgreementForm
    reasons: tuple[Cited, ...]


class NoAgreementOffered(Refused):
    """No form that the station offers fits these facts; the reasons say which form would, or which fact is missing."""


def choose_agreement(facts: PlacementFacts, law: AgreementLaw) -> AgreementChoice:
    """The form that the law gives a placement.

    A public-welfare post goes first: its agreement holds whatever the hours are.
    """
    reasons = (*_missing(facts), *_outside_labour_law(facts, law))
    if reasons:
        raise NoAgreementOffered(reasons)
    if facts.public_post:
        return AgreementChoice(AgreementForm.PUBLIC_POST_AGREEMENT, (_PUBLIC_POST,))
    if _is_part_time(facts, law):
        return AgreementChoice(AgreementForm.PART_TIME_CONTRACT, _part_time_reasons(law))
    return AgreementChoice(AgreementForm.LABOUR_CONTRACT, (_LABOUR,))


_PUBLIC_POST = Cited(
    Wording(
        "岗位是用于安置就业困难人员的公益性岗位。",
        "The post is a public-welfare post kept for persons with employment difficulty.",
    ),
    PUBLIC_POSTS,
)
_LABOUR = Cited(
    Wording(
        "双方建立劳动关系，且不属于非全日制用工，应当订立书面劳动合同。",
        "A labour relation begins, and not a part-time one: it takes a written labour contract.",
    ),
    WRITTEN_CONTRACT,
)


def _is_part_time(facts: PlacementFacts, law: AgreementLaw) -> bool:
    if not facts.paid_by_hour or facts.minutes_per_day is None or facts.minutes_per_week is None:
        return False
    return (
        facts.minutes_per_day <= law.part_time_minutes_per_day.value
        and facts.minutes_per_week <= law.part_time_minutes_per_week.value
    )


def _part_time_reasons(law: AgreementLaw) -> tuple[Cited, ...]:
    day, week = law.part_time_minutes_per_day, law.part_time_minutes_per_week
    return (
        Cited(
            Wording(
                f"以小时计酬，平均每天不超过{_hours(day.value)}小时，每周累计不超过{_hours(week.value)}小时。",
                f"Paid by the hour, for no more than {_hours(day.value)} hours a day on average "
                f"and {_hours(week.value)} a week.",
            ),
            day.authority,
        ),
    )


def _hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return f"{whole}" if rest == 0 else f"{whole}:{rest:02d}"


def _missing(facts: PlacementFacts) -> Iterator[Refusal]:
    needed: dict[str, object] = {
        "employer": facts.employer,
        "born_on": facts.born_on,
        "retires_on": facts.retires_on,
    }
    if facts.employer is EmployerKind.PLATFORM:
        needed["under_direction"] = facts.under_direction
    if not facts.public_post:
        needed["paid_by_hour"] = facts.paid_by_hour
    if not facts.public_post and facts.paid_by_hour:
        needed |= {"minutes_per_day": facts.minutes_per_day, "minutes_per_week": facts.minutes_per_week}
    for name, value in needed.items():
        if value is None:
            yield refusal(
                f"missing-{name.replace('_', '-')}",
                f"选择协议还需要知道“{name}”，请先登记。",
                f"The choice also needs {name}; record it first.",
            )


def _outside_labour_law(facts: PlacementFacts, law: AgreementLaw) -> Iterator[Refusal]:
    if facts.employer is EmployerKind.HOUSEHOLD:
        yield refusal(
            "civil-service-contract",
            f"家庭或个人与家政人员之间不是劳动关系（{NOT_LABOUR.clause}），应订立民事服务合同；本系统暂不提供该文书。",
            f"A household and its helper have no labour relation ({NOT_LABOUR.clause}): "
            "a civil service contract is due, which is not yet offered.",
        )
    if facts.employer is EmployerKind.PLATFORM and facts.under_direction is False:
        yield refusal(
            "platform-written-agreement",
            f"不完全符合确立劳动关系情形（{PLATFORMS.clause}），应订立书面协议；本系统暂不提供该文书。",
            f"The labour relation is incomplete ({PLATFORMS.clause}): "
            "a written agreement is due, which is not yet offered.",
        )
    yield from _age_refusals(facts, law)


def _age_refusals(facts: PlacementFacts, law: AgreementLaw) -> Iterator[Refusal]:
    age = law.working_age
    if facts.born_on is not None and facts.starts_on < add_months(facts.born_on, 12 * age.value):
        yield refusal(
            "under-age",
            f"上岗时未满{age.value}周岁（{age.authority.clause}），不得招用。",
            f"Under {age.value} when work would begin ({age.authority.clause}): this person may not be taken on.",
        )
    if facts.retires_on is not None and facts.starts_on >= facts.retires_on and not facts.retirement_postponed:
        yield refusal(
            "over-age",
            f"上岗时已达到法定退休年龄，适用超龄劳动者的书面协议（{OVER_AGE.clause}），不订立劳动合同；本系统暂不提供该文书。",
            f"Past the statutory retirement age when work would begin: the written agreement for over-age workers "
            f"({OVER_AGE.clause}) is due instead of a labour contract, and is not yet offered.",
        )
