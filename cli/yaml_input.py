"""A reader's own input: YAML from a file or standard input, with every scalar as it was typed."""

import sys
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from cases.refusals import Refusal, Refused, refusal

LARGEST_BYTES = 1_000_000


class _Plain(yaml.SafeLoader):
    """Numbers, true and false are read; dates stay text (typed by what they are for), and a key stands once."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, Any]:  # PyYAML's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"“{key.value}” stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in ("bool", "int", "null")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_fields(path: Path) -> dict[str, Any]:
    """The fields of a registration or an act. Raises Refused with file, line and what to do."""
    text = _text(path)
    try:
        fields = yaml.load(text, _Plain)  # noqa: S506  # _Plain is a SafeLoader
    except yaml.MarkedYAMLError as error:
        raise Refused((_unreadable(path, error),)) from None
    if not isinstance(fields, dict):
        raise Refused(
            (refusal("not-fields", f"{path} 须为“字段: 值”的形式。", f"{path} must be made of “field: value” lines."),)
        )
    return fields


def _text(path: Path) -> str:
    try:
        raw = sys.stdin.buffer.read(LARGEST_BYTES + 1) if str(path) == "-" else path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(
            (refusal("no-file", f"读不到文件 {path}：{reason}。", f"Cannot read {path}: {reason}."),)
        ) from None
    if len(raw) > LARGEST_BYTES:
        raise Refused((refusal("too-large", f"{path} 超过1MB。", f"{path} is larger than 1 MB."),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused((refusal("not-utf8", f"{path} 不是UTF-8编码。", f"{path} is not UTF-8 text."),)) from None


def _unreadable(path: Path, error: yaml.MarkedYAMLError) -> Refusal:
    mark = error.problem_mark
    where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    return refusal(
        "bad-yaml", f"{where} 不是有效的YAML：{error.problem}。", f"{where} is not valid YAML: {error.problem}."
    )
