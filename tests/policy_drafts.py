"""Drafts of a policy file as an officer would write them: the shipped one of a district, with a version added."""

from datetime import date
from pathlib import Path

from activities.bootstrap import POLICIES

NAME = "cn-50-99/hardship-worker.yaml"
SHIPPED = (POLICIES / NAME).read_text(encoding="utf-8")
_VERSION = """
  {since}:
{published}    parameters:
      long_wait: {{value: {days}, unit: day, authority: 示例区困难零工认定标准（示例）修正第二条, tag: M}}
    examples:
      - name: 修正后待工恰满{days}天 / waited exactly long enough
        facts: {{in_work: no, applied_on: {since}, disabled: no, waiting_since: {began}, born_on: 1990-06-01}}
        conclusion: {conclusion}
"""


def a_version(since: date, *, days: int = 60, published: date | None = None, conclusion: str = "granted") -> str:
    """The district's file, whose newest version shortens the wait."""
    said = f"    published: {published}\n" if published else ""
    began = date.fromordinal(since.toordinal() - days)
    return SHIPPED + _VERSION.format(since=since, published=said, days=days, began=began, conclusion=conclusion)


def written(folder: Path, text: str) -> Path:
    file = folder / "hardship-worker.yaml"
    file.write_text(text, encoding="utf-8")
    return file
