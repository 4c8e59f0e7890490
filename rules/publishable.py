"""What may be published: whatever has been law stays as it was, to the letter.

On the day of publishing, a version *has been law* if its first day has come and it was published by then. Of such a
version nothing may change but its examples, and its last day as long as that day has not passed. What is added begins
on a later day, or names a later day as `published`, so that no office could know it before. Then every place, for
every day up to the day of publishing and as known on any day up to it, resolves to the same policy, hash for hash: that
is checked by resolving them all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.wording import Wording
from rules.documents import Item, PolicyFile, Version
from rules.errors import PolicyRefused
from rules.places import Place
from rules.policies import NoPolicyInForce, PolicyBook
from rules.shelf import FACTS, FileKey
from rules.touched import policies_touched
from rules.written import plain

ONE_DAY = timedelta(days=1)
# Whatever of a file's head its versions are read by.
HEAD_OF_LAW = ("title", "kind", "selected_by", "age_reached", "reads", "evidence", "facts")


@dataclass(frozen=True)
class LawTouched:
    """Something that was in force and would no longer be what it was."""

    place: Place
    wording: Wording


@dataclass(frozen=True, order=True)
class Resolution:
    """What a policy comes to in a place from a day on; no hash where there is none."""

    policy: str
    jurisdiction: str
    on: date
    before: str
    after: str


def law_touched(before: PolicyBook, after: PolicyBook, keys: Sequence[FileKey], today: date) -> tuple[LawTouched, ...]:
    """Everything in these files of `after` that would change what has been law by today; nothing: publishable."""
    found = [
        touched
        for key in keys
        if (new := file_in(after, key))
        for touched in _versions_touched(file_in(before, key), new, today)
    ]
    place = Place(file=keys[0].name)
    # What is named clause by clause need not be told again place by place.
    return tuple(found or (_resolved_otherwise(place, each) for each in past_changes(before, after, today)))


def file_in(book: PolicyBook, key: FileKey) -> PolicyFile | None:
    if key.policy == FACTS:
        return None
    return next((file for file in book.files.get(key.policy, ()) if file.jurisdiction == key.jurisdiction), None)


def has_been_law(version: Version, today: date) -> bool:
    return version.since <= today and (version.published is None or version.published <= today)


def _versions_touched(old: PolicyFile | None, new: PolicyFile, today: date) -> Iterator[LawTouched]:
    was = {version.since: version for version in (old.versions if old else ()) if has_been_law(version, today)}
    now = {version.since: version for version in new.versions}
    if old and was:
        yield from _head_touched(old, new)
    for since, version in was.items():
        if since not in now:
            en = f"The version of {since} has been in force: it cannot be left out."
            yield LawTouched(new.place, Wording(f"{since}版已经施行，不能删去。", en))
        else:
            yield from _version_touched(version, now[since], today)
    for since, version in now.items():
        if since not in was and since <= today and not (version.published and version.published > today):
            later = today + ONE_DAY
            yield LawTouched(
                version.place,
                Wording(
                    f"新增的{since}版自过去的日期起施行：请写明published，最早为{later}，以免改变此前的决定。",
                    f"The version of {since} is new and begins on a day that has come: "
                    f"name the day it is `published`, {later} at the earliest, so that no earlier decision changes.",
                ),
            )


def _head_touched(old: PolicyFile, new: PolicyFile) -> Iterator[LawTouched]:
    for key in HEAD_OF_LAW:
        was, now = old.header.get(key), new.header.get(key)
        if (plain(was) if was else None) != (plain(now) if now else None):
            place = now.place if now else new.place
            en = f"'{key}' belongs to versions that have been in force: it stays."
            yield LawTouched(place, Wording(f"“{key}”属于已施行的各版，不能更改。", en))


def _version_touched(old: Version, new: Version, today: date) -> Iterator[LawTouched]:
    was, now = {item.key: item for item in old.items}, {item.key: item for item in new.items}
    for key in dict.fromkeys((*was, *now)):
        if _said(was.get(key)) != _said(now.get(key)):
            yield _clause_touched(old.since, was.get(key), now.get(key), new.place)
    if old.published != new.published:
        en = f"The version of {old.since} keeps the day it was published."
        yield LawTouched(new.place, Wording(f"{old.since}版的published不能更改。", en))
    if [_repeal(each) for each in old.repeals] != [_repeal(each) for each in new.repeals]:
        en = f"The version of {old.since} repeals what it repealed."
        yield LawTouched(new.place, Wording(f"{old.since}版的废止条款不能更改。", en))
    if old.ends != new.ends and any(day and day < today for day in (old.ends, new.ends)):
        yield LawTouched(
            new.place,
            Wording(
                f"{old.since}版的最后有效日只能改为今天或以后的日期，已经过去的不能更改。",
                f"The last day of the version of {old.since} can be set to today or later; one that has passed stays.",
            ),
        )


def _clause_touched(since: date, was: Item | None, now: Item | None, version: Place) -> LawTouched:
    either = was or now
    name = f"{either.section}.{either.id}" if either else ""
    if was is None:
        zh, en = (
            f"{since}版已经施行，不能增加{name}",
            f"The version of {since} has been in force: {name} is added to it",
        )
    elif now is None:
        zh, en = f"{since}版已经施行，不能删去{name}", f"The version of {since} has been in force: {name} is missing"
    else:
        zh, en = (
            f"{since}版已经施行，{name}不能更改",
            f"The version of {since} has been in force: {name} says otherwise",
        )
    return LawTouched(
        now.place if now else version,
        Wording(f"{zh}。请新增一版，写明施行日期。", f"{en}. Add a version under the day on which the change begins."),
    )


def _said(item: Item | None) -> object:
    if item is None:
        return None
    return plain(item.node), item.over, item.removed_by


def _repeal(repeal: object) -> dict[str, object]:
    return {name: value for name, value in vars(repeal).items() if name != "place"}


def _resolved_otherwise(place: Place, each: Resolution) -> LawTouched:
    return LawTouched(
        place,
        Wording(
            f"{each.jurisdiction}的{each.policy}自{each.on}起已经施行的内容会因此改变。",
            f"What {each.policy} has been in {each.jurisdiction} since {each.on} would change with it.",
        ),
    )


def past_changes(before: PolicyBook, after: PolicyBook, today: date) -> list[Resolution]:
    """Policies that would no longer be what they were, for a day up to today, as known on a day up to today."""
    known = {today, *(day for day in _days(before, after, lambda version: version.published) if day < today)}
    found = {
        (each.policy, each.jurisdiction): each
        for decided_on in sorted(known, reverse=True)
        for each in _changes(before, after, [*_begins(before, after, until=today), today], decided_on)
    }
    return sorted(found.values())


def coming_changes(before: PolicyBook, after: PolicyBook) -> list[Resolution]:
    """Which policies of which places change, and from which day on, all that is published being known."""
    return _changes(before, after, _begins(before, after), None)


def _changes(before: PolicyBook, after: PolicyBook, days: list[date], decided_on: date | None) -> list[Resolution]:
    """Of each policy and place the first day on which the two books differ."""
    found = []
    touched = policies_touched(before, after)
    for policy, place in sorted(each for each in _places(before) | _places(after) if each[0] in touched):
        for on in sorted(set(days)):
            was, now = (_hash(book, policy, place, on, decided_on) for book in (before, after))
            if was != now:
                found.append(Resolution(policy, place, on, was, now))
                break
    return found


def _places(book: PolicyBook) -> set[tuple[str, str]]:
    """Every policy with every place that any policy names: a place below one of its files has a policy too."""
    places = {file.jurisdiction for files in book.files.values() for file in files}
    return {(policy, place) for policy in book.files for place in places}


def _hash(book: PolicyBook, policy: str, place: str, on: date, decided_on: date | None) -> str:
    try:
        return book.resolve(policy, place, on, decided_on).hash
    except (NoPolicyInForce, PolicyRefused):
        return ""


def _begins(before: PolicyBook, after: PolicyBook, until: date = date.max) -> list[date]:
    starts = _days(before, after, lambda version: version.since)
    ends = _days(before, after, lambda version: version.ends + ONE_DAY if version.ends else None)
    return [day for day in (*starts, *ends) if day <= until]


def _days(before: PolicyBook, after: PolicyBook, of: Callable[[Version], date | None]) -> set[date]:
    files: Iterable[PolicyFile] = (file for book in (before, after) for each in book.files.values() for file in each)
    return {day for file in files for version in file.versions if (day := of(version))}
