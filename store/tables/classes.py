"""Who a column is about, and so how it must be kept."""

from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Column, MetaData

_T = TypeVar("_T")


class FieldClass(StrEnum):
    """字段分级. What is about a person is sealed, or says why it stands in clear."""

    PUBLIC = "public"  # 公开: a station's address, a vacancy
    INTERNAL = "internal"  # 内部: ids, dates and codes of the work itself
    PERSONAL = "personal"  # 个人信息: a name, a phone, a wish
    SENSITIVE = "sensitive"  # 敏感个人信息: an identity number, health, income

    @property
    def about_a_person(self) -> bool:
        return self in (FieldClass.PERSONAL, FieldClass.SENSITIVE)


def classified(column: Column[_T], field_class: FieldClass, *, in_clear: str | None = None) -> Column[_T]:
    """Say at its definition who a column is about; `in_clear` is the reason why a personal one is not sealed."""
    column.info["class"] = field_class
    if in_clear is not None:
        column.info["in_clear"] = in_clear
    return column


def unclassified(metadata: MetaData) -> list[str]:
    """Columns that do not say who they are about."""
    return [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if not isinstance(column.info.get("class"), FieldClass)
    ]


def exposed(metadata: MetaData) -> list[str]:
    """Columns about a person that are neither sealed nor give a reason."""
    return [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if (field_class := column.info.get("class")) is not None
        and field_class.about_a_person
        and not column.info.get("sealed")
        and not column.info.get("in_clear")
    ]
