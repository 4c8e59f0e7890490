"""The stand-alone verifier finds whatever is not as it was: by accident, or by somebody who holds the keys."""

import ast
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from activities.bootstrap import Station
from activities.engine_process import EngineProcess
from activities.packets import Export, Packets
from activities.policies import Policies
from activities.verifier import VERIFIER
from activities.verifier import verify as the_one_file
from cases.canonical import canonical
from cases.checkpoints import Checkpoint, PublicKey, signed, signed_text
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.roles import Role
from store.engine import make_engine, write
from store.files import FileStore
from store.key_file import open_or_create_key_ring
from store.keys import KeyRing
from store.log_signing import log_origin, signers
from store.migrate import upgrade
from store.scope import Reach, Scope
from store.seed import plant_examples
from tests.activities.office import Office
from tests.builders import OPENED_AT
from tests.store.of_before import written_as_before

verify: Any = the_one_file  # it runs where nothing of ours is, types included
EVERYWHERE = Scope((Reach(Role.AUDITOR, "/", below=True),))
STANDARD_LIBRARY = sys.stdlib_module_names
CHANGES = 500
FORGED_AT_RANDOM = 120


@dataclass(frozen=True)
class Taken:
    """A packet that an auditor took along, the key they know, and the means of whoever would forge one."""

    packet: str
    key: str
    origin: str
    keyring: KeyRing

    def results(self, packet: str) -> list[Any]:
        results = verify.verify(packet, [verify.public_key(self.key)])
        return list(results.found)

    def wrong(self, packet: str) -> list[str]:
        """What is found wrong; a packet that is none is wrong too."""
        try:
            found = self.results(packet)
        except verify.Unreadable as error:
            return [error.en]
        return [f"{each.about}: {each.en}" for each in found if each.kind == "wrong"]

    def notices(self, packet: str) -> bool:
        """Whether anything is wrong, or not proved any more."""
        try:
            return any(each.kind != "right" for each in self.results(packet))
        except verify.Unreadable:
            return True

    def forged(self, change: Callable[[dict[str, Any]], None], form: int = 2) -> str:
        """Changed, and signed again as only we could."""
        said = json.loads(self.packet)["packet"]
        change(said)
        digest = sha256(canonical(said).encode()).hexdigest()
        text = f"yizhan packet v{form}\n{said['case']['id']}\nsha256 {digest}\n"
        note = signed_text(text, signers(self.keyring, self.origin))
        return canonical({"format": form, "note": note, "packet": said})


@pytest.fixture(scope="module", params=["as now", "as before"])
def taken(
    request: pytest.FixtureRequest,
    keyring: KeyRing,
    policies: Policies,
    rule_engine: EngineProcess,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Taken]:
    """Of a case whose leaves commit to lines, and of one that an older version recorded."""
    folder = tmp_path_factory.mktemp("packet")
    engine = make_engine(f"sqlite:///{folder / 'yizhan.db'}")
    upgrade(engine)
    with write(engine) as connection:
        plant_examples(connection, keyring, OPENED_AT)
    office = Office(Station(engine, keyring, policies, FileStore(folder / "papers")), rule_engine)
    office.register(facts=[])
    office.learns("disabled", value=True)
    office.learns("waiting_since", value="2026-02-20")
    office.learns("in_work", value=False)
    adopted = office.case.current(HARDSHIP)
    assert adopted
    office.does(AdoptDetermination(adopted.id), "officer-1")
    if request.param == "as before":
        with write(engine) as connection:
            written_as_before(connection, keyring, office.case.id)
    packet = Packets(engine, keyring).packet(Export(office.case.id, "auditor-2", "审计"), EVERYWHERE, office.now)
    with write(engine) as connection:
        origin = log_origin(connection)
    yield Taken(packet.decode(), json.loads(packet)["packet"]["keys"][-1], origin, keyring)
    engine.dispose()


def test_it_needs_python_3_8_and_the_standard_library_alone() -> None:
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"), feature_version=(3, 8))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= STANDARD_LIBRARY
    newer = {"removeprefix", "removesuffix", "pairwise", "batched", "bit_count"}
    assert not newer & {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_the_packet_as_it_was_is_right(taken: Taken) -> None:
    assert {each.kind for each in taken.results(taken.packet)} == {"right"}
    assert taken.wrong(taken.forged(lambda _: None)) == []


def of_first_form(said: dict[str, Any]) -> None:
    """As packets were written before there were sheets, and a salt for each line."""
    del said["sheets"]
    for entry in said["entries"]:
        del entry["salts"]


def test_a_packet_that_an_older_version_gave_away_is_still_right(taken: Taken) -> None:
    wrong = taken.wrong(taken.forged(of_first_form, form=1))
    if '"format\\":2' in taken.packet:
        assert any("rules is missing" in each for each in wrong), wrong  # no older version wrote such records
    else:
        assert wrong == []


def test_every_single_changed_byte_is_found(taken: Taken) -> None:
    content, lots = taken.packet.encode(), random.Random(5)  # noqa: S311 - to be drawn again
    missed = []
    for _ in range(CHANGES):
        place = lots.randrange(len(content))
        changed = bytearray(content)
        changed[place] ^= lots.randrange(1, 256)
        try:
            text = changed.decode("utf-8")
        except UnicodeDecodeError:
            continue  # the file cannot even be read
        if not taken.wrong(text):
            missed.append(place)
    assert missed == []


@pytest.mark.parametrize("change", [lambda t: t + "\n", lambda t: t.replace(":", ": ", 1), lambda t: t[:-1]])
def test_nothing_can_be_added_that_says_nothing(taken: Taken, change: Callable[[str], str]) -> None:
    assert taken.wrong(change(taken.packet))


def determination(said: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> None:
    """Change the determination that was adopted, word for word as it is kept."""
    adopted = [each for each in said["determinations"] if each["id"].startswith(HARDSHIP)][-1]
    made = verify.whole_determination(adopted["text"], said["sheets"])
    change(made)
    adopted["text"] = in_lines(said, made) if "\n" in adopted["text"] else as_written(made)


def as_written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def in_lines(said: dict[str, Any], made: dict[str, Any]) -> str:
    """As a forger would write it, with a sheet of its own."""
    on_sheet = ("rule", "role", "reason", "authority", "rests_on", "beaten")
    findings, facts = made.pop("findings"), json.loads(made.pop("facts_json"))
    sheet = as_written([{name: finding[name] for name in on_sheet} for finding in findings])
    hash_ = sha256(sheet.encode()).hexdigest()
    said["sheets"][hash_] = sheet
    return "\n".join(
        [
            as_written({"sheet": hash_, **made}),
            *(as_written({name: value})[1:-1] for name, value in facts.items()),
            *(as_written({n: v for n, v in each.items() if n not in on_sheet[1:]}) for each in findings),
        ]
    )


def a_fact(made: dict[str, Any]) -> None:
    made["facts_json"] = made["facts_json"].replace('"disabled":true', '"disabled":false')


def a_verdict(made: dict[str, Any]) -> None:
    finding = next(finding for finding in made["findings"] if finding["verdict"] == "yes")
    finding["verdict"] = "no"


def a_reading(made: dict[str, Any]) -> None:
    made["findings"][0]["read"][0]["value"] = "999"


def a_reason(made: dict[str, Any]) -> None:
    made["findings"][0]["reason"]["zh"] = "另有理由"


def a_clause(made: dict[str, Any]) -> None:
    made["findings"][0]["authority"]["clause"] = "另一条"


def a_policy(said: dict[str, Any]) -> None:
    """A policy with another threshold, under its new hash, and everything that names it changed along."""
    old = next(hash_ for hash_, content in said["policies"].items() if '"hardship-worker"' in content)
    content = said["policies"].pop(old).replace('["value","90"]', '["value","30"]')
    new = sha256(content.encode()).hexdigest()
    said["policies"][new] = content
    for each in said["determinations"]:
        each["text"] = each["text"].replace(old, new)


def a_shortfall(made: dict[str, Any]) -> None:
    finding = next(finding for finding in made["findings"] if finding["shortfalls"])
    finding["shortfalls"][0]["condition"] = "disabled"


def a_turn(made: dict[str, Any]) -> None:
    made["turns"] = {"on": "2027-01-01", "conclusion": "refused"}


FORGERIES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "a fact": (lambda s: determination(s, a_fact), "disabled"),
    "a verdict": (lambda s: determination(s, a_verdict), "the rule"),
    "a value that a rule read": (lambda s: determination(s, a_reading), "is written as 999"),
    "a reason": (lambda s: determination(s, a_reason), "its reason is not the policy's"),
    "a clause": (lambda s: determination(s, a_clause), "its authority is not the policy's"),
    "a conclusion": (lambda s: determination(s, lambda m: m.update(conclusion="refused")), "the conclusion is written"),
    "an amount": (lambda s: determination(s, lambda m: m.update(amount_fen=100)), "the amount is written as 100 fen"),
    "why a rule does not hold": (lambda s: determination(s, a_shortfall), "does not fail by what is written"),
    "a day on which time turns it": (lambda s: determination(s, a_turn), "it does not turn on 2027-01-01"),
    "a rule that is left out": (lambda s: determination(s, lambda m: m["findings"].pop()), "the rules are not those"),
    "a question": (
        lambda s: determination(
            s, lambda m: m["questions"].append({"fact": "disabled", "asked_of": "officer", "wording": {}})
        ),
        "asked for and is not unknown",
    ),
    "a disagreement": (
        lambda s: determination(s, lambda m: m["disagreements"].append({"rule": "x"})),
        "a disagreement of engines is listed",
    ),
    "a policy's content": (
        lambda s: s["policies"].update({k: v.replace("T", "M") for k, v in s["policies"].items()}),
        "not the one of its hash",
    ),
    "a policy under a hash of its own": (a_policy, "policy_hash"),
    "a decision": (lambda s: decided(s, lambda r: r.update(granted=not r["granted"])), "not in the signed log"),
    "who decided": (lambda s: decided(s, lambda r: r.update(officer="officer-9")), "not in the signed log"),
    "a salt": (lambda s: opened_by(s["entries"][0], "00" * 32), "not what the log was given"),
    "a missing salt": (lambda s: s["entries"][0].update(salt=None, salts=None), "no erasure is recorded"),
    "a proof": (lambda s: s["entries"][0]["proof"].__setitem__(0, "00" * 32), "not in the signed log"),
    "a place in the log": (lambda s: s["entries"][0].update(index=1), "not in the signed log"),
    "a checkpoint": (lambda s: s.update(checkpoint=s["checkpoint"].replace("\ntime 2", "\ntime 3")), "does not fit"),
    "another case": (lambda s: s["case"].update(id="case-other"), "of another case"),
    "a part that is gone": (lambda s: s.pop("entries"), "broken"),
    "a determination in pieces": (lambda s: s["determinations"][0].update(text="{}"), "broken"),
}


def opened_by(entry: dict[str, Any], salt: str) -> None:
    if entry["salts"]:
        entry["salts"][0] = salt
    else:
        entry["salt"] = salt


def decided(said: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> None:
    entry = next(each for each in said["entries"] if '"kind":"decision"' in each["record"])
    record = json.loads(entry["record"])
    change(record)
    entry["record"] = canonical(record)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forger_who_holds_our_keys_is_found_out(taken: Taken, name: str) -> None:
    change, named = FORGERIES[name]
    wrong = taken.wrong(taken.forged(change))
    assert any(named in each for each in wrong), wrong


def test_a_packet_signed_by_somebody_else_is_refused(taken: Taken, tmp_path: Path) -> None:
    theirs = open_or_create_key_ring(tmp_path / "master.key")
    said = json.loads(taken.packet)["packet"]
    signer = signers(theirs, taken.origin)[-1]
    said["keys"] = [PublicKey(signer.name, signer.algorithm, signer.public).spelled]
    forged = Taken(canonical({"format": 2, "note": "", "packet": said}), taken.key, taken.origin, theirs)
    assert any("not one that you gave" in each for each in taken.wrong(forged.forged(lambda _: None)))


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a packet, by its keys."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield (*path, key)
        yield from places_in(inner, (*path, key))


OTHER_VALUES: tuple[Any, ...] = (None, 0, 1, -1, "", "x", "2024-01-01", [], {}, [None], True)
# What the export says of itself and of the case is signed, and stands nowhere in the log.
NOT_IN_THE_LOG = (("exported",), ("erased",), ("case",), ("keys",), ("older",))


def test_whatever_a_forger_puts_anywhere_is_found_or_stands_in_the_header(taken: Taken) -> None:
    whole = json.loads(taken.packet)["packet"]
    places = [place for place in places_in(whole) if (place[0],) not in NOT_IN_THE_LOG]
    lots = random.Random(11)  # noqa: S311 - to be drawn again
    missed = []
    for _ in range(FORGED_AT_RANDOM):
        place, other = lots.choice(places), lots.choice(OTHER_VALUES)

        def change(said: dict[str, Any], place: tuple[Any, ...] = place, other: Any = other) -> None:
            within: Any = said
            for key in place[:-1]:
                within = within[key]
            within[place[-1]] = other

        forged = taken.forged(change)
        if json.loads(forged)["packet"] != whole and not taken.notices(forged):
            missed.append((place, other))
    assert missed == []


def decided_policy(said: dict[str, Any]) -> str:
    return str(json.loads(said["determinations"][0]["text"].partition("\n")[0])["policy_hash"])


def policy_with(said: dict[str, Any], expressions: list[str]) -> None:
    """The policy of the first determination with parts that were made to keep the verifier busy."""
    old = decided_policy(said)
    content = json.loads(said["policies"][old])
    for number, text in enumerate(expressions):
        like = next(item for item in content["items"] if item["section"] == "rules")
        content["items"].append({**like, "section": "derive", "id": f"p{number}", "says": text})
    rule = next(item for item in content["items"] if item["section"] == "rules")
    rule["says"] = [[key, f"p{len(expressions) - 1} == 1" if key == "when" else value] for key, value in rule["says"]]
    text = canonical(content)
    new = sha256(text.encode()).hexdigest()
    said["policies"] = {new: text}
    for each in said["determinations"]:
        first, *others = each["text"].split("\n")
        each["text"] = "\n".join([as_written(json.loads(first) | {"policy_hash": new}), *others])


SQUARES = ["7", *(f"p{number} * p{number}" for number in range(60))]


BUSY = {
    "squares": (SQUARES, "more than any policy needs"),
    "digits": (["1", "p0 * 1" + "0" * 5000], "cannot be read"),
}


@pytest.mark.parametrize("name", BUSY)
def test_a_policy_that_was_made_to_keep_it_busy_is_refused_in_time(taken: Taken, name: str) -> None:
    expressions, named = BUSY[name]
    began = time.process_time()
    wrong = taken.wrong(taken.forged(lambda said: policy_with(said, expressions)))
    assert any(named in each for each in wrong), wrong
    assert time.process_time() - began < 20


def test_deciding_stops_where_it_takes_more_than_any_policy_needs(
    taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "MOST_STEPS", 3)
    assert any("more than any policy needs" in each for each in taken.wrong(taken.packet))


def twice(said: dict[str, Any]) -> None:
    """A forged determination before the true one of the same name, which the log vouches for."""
    said["determinations"].insert(0, dict(said["determinations"][0]))


def test_a_determination_that_stands_twice_is_wrong(taken: Taken) -> None:
    assert any("twice" in each for each in taken.wrong(taken.forged(twice)))


def test_a_text_of_somebody_erased_is_vouched_for_by_nothing(taken: Taken) -> None:
    def change(said: dict[str, Any]) -> None:
        for entry in said["entries"]:
            entry.update(salt=None, salts=None)

    assert any("nothing vouches" in each for each in taken.wrong(taken.forged(change)))


@pytest.mark.parametrize(
    "content", ['{"a":1,"a":1}', '{"a":NaN}', '{"a":1e999}', '{"a":' + "9" * 5000 + "}", "[" * 90000]
)
def test_what_is_no_canonical_text_is_no_packet(content: str) -> None:
    with pytest.raises(verify.Unreadable):
        verify.verify(content)


def test_nobody_signs_by_a_point_of_small_order() -> None:
    one = (1).to_bytes(32, "little")  # the neutral point: R = sB holds for every message
    assert not verify.ed25519_holds(one, one + bytes(32), b"anything")


def kept(taken: Taken, origin: str, size: int, at: datetime) -> str:
    signing = signers(taken.keyring, origin)
    return signed(Checkpoint(origin, size, bytes(32), at), signing)


def checked_against(taken: Taken, packet: str, note: str, name: str) -> list[str]:
    key = signers(taken.keyring, name)[-1]
    keys = [verify.public_key(spelled) for spelled in (taken.key, PublicKey(name, 1, key.public).spelled)]
    return [each.en for each in verify.verify(packet, keys, [note]).found if each.kind == "wrong"]


def test_a_log_that_is_another_or_shorter_or_gone_contradicts_the_checkpoint_that_somebody_keeps(taken: Taken) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    another = kept(taken, "yizhan.log/00000000", 3, long_ago)
    assert any(
        "your checkpoint is of" in each for each in checked_against(taken, taken.packet, another, "yizhan.log/00000000")
    )
    longer = kept(taken, taken.origin, 10_000, long_ago)
    assert any("taken away" in each for each in checked_against(taken, taken.packet, longer, taken.origin))
    gone = taken.forged(lambda said: said.update(checkpoint=None))
    assert any("it is gone" in each for each in checked_against(taken, gone, longer, taken.origin))


def test_what_stands_in_a_packet_cannot_hide_a_line() -> None:
    results = verify.Results()
    results.wrong("x\n[ok] all", "\x1b[2K\u202e", "\ud800")
    lines = list(verify._lines(results, None))
    assert all(line.isprintable() for line in lines)
    assert [line for line in lines if line.startswith("Not checked")]
