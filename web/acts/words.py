"""The closed lists that people choose from, in words."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from cases.contract_parts import HoursSystem, PayChannel, PayForm
from cases.facts import SourceKind
from cases.hardship.stages import AgreementForm, ExitReason, ReferralOutcome, TrainingResult
from cases.hardship.terms import PayUnit
from cases.wording import Wording
from web.acts.subsidy_words import SUBSIDY_MEMBERS

REFERRAL_OUTCOMES: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {
        ReferralOutcome.HIRED: Wording("录用", "Hired"),
        ReferralOutcome.NOT_HIRED: Wording("用工主体未录用", "Not hired by the employer"),
        ReferralOutcome.DECLINED_WITH_CAUSE: Wording("零工谢绝，有正当理由", "The worker declined, with good cause"),
        ReferralOutcome.DECLINED_WITHOUT_CAUSE: Wording(
            "零工谢绝，无正当理由", "The worker declined, without good cause"
        ),
        ReferralOutcome.FILLED_ELSEWHERE: Wording("岗位已招满", "The vacancy was filled already"),
        ReferralOutcome.NO_CONTACT: Wording("未能联系上", "Nobody could be reached"),
    }
)
TRAINING_RESULTS: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {
        TrainingResult.COMPLETED: Wording("结业，合格", "Completed and passed"),
        TrainingResult.FAILED: Wording("结业，不合格", "Completed, not passed"),
        TrainingResult.LEFT: Wording("中途退出", "Left before the end"),
    }
)
EXIT_REASONS: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {
        ExitReason.RETIRED: Wording("达到法定退休年龄或已领取养老金", "Of retirement age, or drawing a pension"),
        ExitReason.INCAPACITATED: Wording("完全丧失劳动能力", "Wholly unable to work"),
        ExitReason.STUDY_ARMY_EMIGRATION: Wording("入学、服兵役或移居境外", "Studies, military service or emigration"),
        ExitReason.REFUSED_SERVICE: Wording("多次无正当理由拒绝服务", "Refused help several times without good cause"),
        ExitReason.ENDS_WISH: Wording("本人不再有就业意愿", "No longer wishes to work"),
        ExitReason.ASKS_TO_LEAVE: Wording("本人申请退出", "Asks to leave"),
        ExitReason.IMPRISONED: Wording("服刑", "In prison"),
        ExitReason.FALSE_DATA: Wording("提供虚假信息", "Gave false information"),
        ExitReason.UNREACHABLE: Wording("长期联系不上", "Could not be reached for long"),
        ExitReason.DIED: Wording("死亡", "Died"),
    }
)
SOURCES: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {
        SourceKind.STATEMENT: Wording("本人陈述", "The worker's own statement"),
        SourceKind.RECORD: Wording("登记或联网核验记录", "A register, or a check in one"),
        SourceKind.FINDING: Wording("工作人员核实", "Found out by staff"),
        SourceKind.RECOGNITION: Wording("其他机构的认定文书", "A recognition by another body, on paper"),
    }
)
PAY_UNITS: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {
        PayUnit.HOUR: Wording("每小时", "an hour"),
        PayUnit.DAY: Wording("每天", "a day"),
        PayUnit.MONTH: Wording("每月", "a month"),
    }
)
HOURS_SYSTEMS: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {
        HoursSystem.STANDARD: Wording("标准工时制", "Standard hours"),
        HoursSystem.COMPREHENSIVE: Wording(
            "综合计算工时制（须经批准）", "Hours averaged over a period (needs approval)"
        ),
        HoursSystem.FLEXIBLE: Wording("不定时工作制（须经批准）", "Flexible hours (needs approval)"),
    }
)
PAY_FORMS: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {PayForm.TIME: Wording("计时", "By time"), PayForm.PIECE: Wording("计件", "By the piece")}
)
PAY_CHANNELS: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {PayChannel.BANK: Wording("银行转账", "Bank transfer"), PayChannel.CASH: Wording("现金", "Cash")}
)
AGREEMENTS: Final[Mapping[StrEnum, Wording]] = MappingProxyType(
    {
        AgreementForm.LABOUR_CONTRACT: Wording("劳动合同", "Labour contract"),
        AgreementForm.PART_TIME_CONTRACT: Wording("非全日制用工劳动合同", "Part-time labour contract"),
        AgreementForm.PUBLIC_POST_AGREEMENT: Wording("公益性岗位协议", "Public-welfare post agreement"),
    }
)
# Members of the facts that are declared as enums (policies/facts).
FACT_MEMBERS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "female": Wording("女", "Female"),
        "male": Wording("男", "Male"),
        "man": Wording("男，原退休年龄 60 岁", "Man, retired at 60"),
        "woman55": Wording("女，原退休年龄 55 岁", "Woman, retired at 55"),
        "woman50": Wording("女，原退休年龄 50 岁", "Woman, retired at 50"),
        **SUBSIDY_MEMBERS,
    }
)
EVERY_LIST: Final[Mapping[type[StrEnum], Mapping[StrEnum, Wording]]] = MappingProxyType(
    {
        ReferralOutcome: REFERRAL_OUTCOMES,
        TrainingResult: TRAINING_RESULTS,
        ExitReason: EXIT_REASONS,
        SourceKind: SOURCES,
        PayUnit: PAY_UNITS,
        HoursSystem: HOURS_SYSTEMS,
        PayForm: PAY_FORMS,
        PayChannel: PAY_CHANNELS,
        AgreementForm: AGREEMENTS,
    }
)
