"""What a public-notice list shows: persons masked, firms by their public names, and who was withdrawn meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from activities.composing.ledger import Ledger
from activities.composing.numbering import WORDS
from activities.composing.subsidy_words import span_words, standard_words
from activities.subsidy_record import CLOCKS
from cases.authorities import Authority, Tag
from cases.clocks import ClockTerms, Counts, Unit
from cases.days import days_between
from cases.identity import mask_identity
from cases.names import mask_name
from cases.papers import PaperKind
from cases.public_lists import Listed, NoticeList, Objections
from cases.subsidy.stages import Applicant
from rules.clock_terms import clock_terms
from rules.policies import ResolvedPolicy
from rules.review_body import review_body
from store import subsidy_notices
from store.people import workers
from store.subsidy_notices import PUBLIC_NOTICE, Entry
from store.tables.employers import EmployerKind

ROWS: Final = 200  # on one sheet, which takes seconds to lay out; the press allows twenty
GONE: Final = "（已删除）"
MOST_CLAUSES: Final = 12


@dataclass(frozen=True)
class Shown:
    """What all sheets of a list have in common."""

    policy: ResolvedPolicy
    term: ClockTerms
    objections: Objections


def how_shown(ledger: Ledger, notice: subsidy_notices.NoticeList) -> Shown:
    """By the law of the place on the day on which the list was made."""
    book, on = ledger.policies.book, notice.from_on
    body = review_body(book.resolve("review", notice.jurisdiction, on, on))
    return Shown(
        policy=book.resolve(notice.policy, notice.jurisdiction, on, on),
        term=clock_terms(book.resolve(CLOCKS, notice.jurisdiction, on, on))[PUBLIC_NOTICE],
        objections=Objections(body.name.zh, body.address, body.phone),
    )


def listed(ledger: Ledger, entries: tuple[Entry, ...]) -> tuple[Listed, ...]:
    """These entries as they are shown. No person's name or number leaves this function whole."""
    gone = subsidy_notices.withdrawn(ledger.connection, entries)
    masked = _masked(ledger, entries)
    return tuple(
        Listed(
            each.position,
            *masked[each.applicant_id],
            each.amount_fen,
            span_words(each.periods),
            standard_words(each.amount_fen, each.periods),
            gone.get(each.case_id),
            masked[each.hired][0] if each.hired else None,
        )
        for each in entries
    )


def sheet(
    ledger: Ledger, notice: subsidy_notices.NoticeList, shown: Shown, number: int, total: int, printed_on: date
) -> NoticeList:
    """One sheet of the list as it stands on the day of printing."""
    entries = subsidy_notices.entries(ledger.connection, notice.id, (number - 1) * ROWS, ROWS)
    until_on = notice.until_on or notice.from_on
    term = shown.term
    return NoticeList(
        number=f"{WORDS[PaperKind.SUBSIDY_NOTICE_LIST]}〔{notice.from_on.year}〕{notice.id}-{number}号",
        issued_on=printed_on,
        station=ledger.station_party(notice.station_id),
        subsidy=shown.policy.title.zh,
        authorities=tuple(clauses(shown.policy))[:MOST_CLAUSES],
        from_on=notice.from_on,
        until_on=until_on,
        days=term.length if term.unit is Unit.DAY else days_between(notice.from_on, until_on),
        working_days=term.counts is Counts.WORKING,
        term=term.authority,
        sheet=number,
        sheets=sheets_of(total),
        entries=listed(ledger, entries),
        total=total,
        objections=shown.objections,
    )


def sheets_of(total: int) -> int:
    return max(1, -(-total // ROWS))


def clauses(policy: ResolvedPolicy) -> Iterator[Authority]:
    """The clauses of its rules and values, each once, with the least checked tag that it bears anywhere."""
    tags = tuple(Tag)
    found: dict[str, Authority] = {}
    rules = policy.rules
    for each in (*(r.authority for r in rules.rules.values()), *(p.authority for p in rules.parameters.values())):
        before = found.get(each.clause)
        if before is None or tags.index(each.tag) > tags.index(before.tag):
            found[each.clause] = each
    yield from found.values()


def _masked(ledger: Ledger, entries: tuple[Entry, ...]) -> Mapping[str, tuple[str, str]]:
    people = [each.applicant_id for each in entries if each.applicant is Applicant.WORKER]
    people += [each.hired for each in entries if each.hired]
    known = workers(ledger.connection, ledger.keyring, people)
    masked = {id_: (mask_name(worker.name), mask_identity(worker.identity)) for id_, worker in known.items()}
    masked |= {id_: (GONE, "—") for id_ in people if id_ not in known}
    employers = {each.applicant_id for each in entries if each.applicant is Applicant.EMPLOYER}
    return masked | {id_: _employer(ledger, id_) for id_ in employers}


def _employer(ledger: Ledger, employer_id: str) -> tuple[str, str]:
    """An organisation's name and code are public; the person of a household is masked like any other."""
    found = ledger.employer(employer_id)
    if found.kind is EmployerKind.ORGANISATION:
        return found.name or employer_id, found.uscc or "—"
    name = ledger.contact(employer_id).person_name
    return (mask_name(name) if name else GONE), "—"
