"""The forms of facts, and of what officers do with a determination."""

from typing import Final

from cases.facts import SourceKind
from cases.hardship.determining import (
    AdoptDetermination,
    ConfirmDeparture,
    DepartFromDetermination,
    RecordFact,
    RejectDeparture,
)
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, Section, one_section
from web.acts.fact_values import FactValue
from web.acts.widgets import LONG, Asked, Day, Radios, Text, YesNo
from web.acts.words import SOURCES

_DETERMINATION: Final = Field("determination", Wording("哪一项认定", "Which determination"), Asked(Ask.DETERMINATION))
_REASON: Final = Field(
    "reason",
    Wording("理由", "Reason"),
    LONG,
    Wording("写明依据的事实和条款；审计人员会看到。", "Facts and clauses it rests on; auditors will read it."),
)
_RECOGNISED: Final = ("source", SourceKind.RECOGNITION.value)

FORMS: Final = (
    ActForm(
        RecordFact.KIND,
        Group.DECIDING,
        Wording("保存事实", "Save the fact"),
        Wording("事实已保存，正在重新认定", "The fact is saved, and determined upon anew"),
        (
            Section(
                Wording("事实", "Fact"),
                (
                    Field("name", Wording("哪一项事实", "Which fact"), Asked(Ask.FACT)),
                    Field("value", Wording("内容", "What is so"), FactValue()),
                ),
            ),
            Section(
                Wording("来源", "Source"),
                (
                    Field("source", Wording("怎样得知的", "How it is known"), Radios(SourceKind, SOURCES)),
                    Field("body", Wording("认定机关", "Which body recognised it"), Text(), when=_RECOGNISED),
                    Field(
                        "paper",
                        Wording("文书名称和编号", "Title and number of its paper"),
                        Text(),
                        when=_RECOGNISED,
                    ),
                    Field(
                        "established_on",
                        Wording("从哪一天起成立", "So since which day"),
                        Day(),
                        Wording("看到材料或听到陈述的那一天。", "The day on which it was seen or heard."),
                    ),
                    Field(
                        "detail",
                        Wording("看到或听到了什么", "What it was seen in or heard from"),
                        LONG,
                        Wording(
                            "例如：查验残疾人证原件。不要抄证件号码。",
                            "Such as: saw the original certificate. Do not copy its number.",
                        ),
                    ),
                ),
            ),
        ),
        about="name",
        at={"future": "established_on", "unknown": "name", "for-officer": "source", "fact:": "value"},
    ),
    ActForm(
        AdoptDetermination.KIND,
        Group.DECIDING,
        Wording("签署：采纳认定", "Sign: adopt the determination"),
        Wording("决定已签署：采纳认定", "Signed: the determination is adopted"),
        one_section(_DETERMINATION),
        about="determination",
        leaves=True,
    ),
    ActForm(
        DepartFromDetermination.KIND,
        Group.DECIDING,
        Wording("签署：偏离认定", "Sign: depart from the determination"),
        Wording("偏离决定已签署，待第二人复核", "Signed: the departure waits for a second officer"),
        one_section(
            _DETERMINATION,
            Field(
                "granted",
                Wording("您的决定", "Your decision"),
                YesNo(Wording("予以认定", "Granted"), Wording("不予认定", "Not granted")),
            ),
            _REASON,
        ),
        about="determination",
        at={"no-departure": "granted"},
        leaves=True,
    ),
    ActForm(
        ConfirmDeparture.KIND,
        Group.DECIDING,
        Wording("签署：同意偏离", "Sign: confirm the departure"),
        Wording("决定已签署：同意偏离", "Signed: the departure is confirmed"),
        one_section(_DETERMINATION),
        about="determination",
        leaves=True,
    ),
    ActForm(
        RejectDeparture.KIND,
        Group.DECIDING,
        Wording("签署：不同意偏离", "Sign: reject the departure"),
        Wording("决定已签署：不同意偏离", "Signed: the departure is rejected"),
        one_section(_DETERMINATION, _REASON),
        about="determination",
        leaves=True,
    ),
)
