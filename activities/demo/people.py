"""Sixty invented people: names that try a system's patience, ages from 20 to 63, and what is known of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from activities.demo.facts import Difficulty, Hardship, facts
from activities.demo.names import PEOPLE
from cases.days import add_months
from cases.identity import check_character

# Nobody was ever given a number with these first figures, nor a mobile that begins with 160.
RESIDENT, HONG_KONG, FOREIGN = "699999", "819999", "990999"
MOBILE: Final = "1600000"
PLACES: Final = {"station-1": "cn-50-99", "station-2": "cn-50-99", "station-3": "cn-42-99"}
STREETS: Final = {
    "station-1": ("示例区青石街", "示例区桥头路", "示例区仓前巷", "示例区云顶路"),
    "station-2": ("示例区示例街道榕树湾", "示例区示例街道老码头", "示例区示例街道水井坊巷"),
    "station-3": ("示例市示例区临江大道", "示例市示例区矿工路", "示例市示例区磨坊街"),
}
RELATIONS: Final = (("配偶", "爱人"), ("子女", "孩子"), ("父亲", "老父"), ("母亲", "老母"))
ANY_DAY: Final = {"days": [1, 2, 3, 4, 5, 6, 7], "begin": "06:00", "until": "20:00"}
WEEKDAYS: Final = {"days": [1, 2, 3, 4, 5], "begin": "07:00", "until": "18:00"}


@dataclass(frozen=True)
class Invented:
    """`id` tells two people of one name apart."""

    id: str
    name: str
    sex: str
    age: int
    station: str
    hardship: Hardship
    difficulty: Difficulty
    trade: str
    shares_phone_with: str | None = None


def everybody() -> tuple[Invented, ...]:
    return tuple(_read(line) for line in PEOPLE.strip().splitlines())


def registration(person: Invented, key: str, on: date, today: date, *, unlike: tuple[str, ...] = ()) -> dict[str, Any]:
    """The registration, on a day, of a person who is so old today; they always give the same number and phone."""
    random = Random(person.id)  # noqa: S311  # the same people every time, and nothing secret
    street = random.choice(STREETS[person.station])
    return {
        "key": key,
        "station": person.station,
        "worker": {
            "name": person.name,
            "identity_number": _identity(person, today),
            "phone": phone(person.shares_phone_with or person.id),
            "address": f"{street}{random.randrange(1, 200)}号",
        },
        "household": list(_household(person, random)),
        "skills": [{"trade": person.trade, "level": random.choice(("初学", "一般", "熟练")), "evidence": "本人陈述"}],
        "wishes": [{"trade": person.trade, "detail": random.choice(("希望离家近", "能按天结算", "白班优先"))}],
        "limits": {
            "hours": [random.choice((ANY_DAY, ANY_DAY, WEEKDAYS))],
            "places": [PLACES[person.station]],
            "pay_floor_fen": random.choice((12_000, 14_000, 15_000)),
            "pay_floor_unit": "day",
            "health": random.choice((["heights"], ["heights", "night-work"], ["heights", "dust-or-fumes"])),
        },
        "facts": list(facts(person.hardship, person.difficulty, PLACES[person.station], on, random)),
        "unlike": list(unlike),
    }


def phone(of: str) -> str:
    """A number of a kind that is never issued; its last four figures differ from person to person."""
    places = sorted(person.id for person in everybody())
    return f"{MOBILE}{(places.index(of) * 1_657 + 3_305) % 10_000:04d}"


def _identity(person: Invented, today: date) -> str:
    random = Random(f"born {person.id}")  # noqa: S311 - nothing secret
    region = {"陈嘉仪": HONG_KONG, "NGUYEN THI LAN": FOREIGN}.get(person.name, RESIDENT)
    # Some months after a birthday, so that the age was the same when the case began.
    born = add_months(today, -12 * person.age) - timedelta(days=random.randrange(100, 320))
    order = 500 + 2 * random.randrange(200) + (person.sex == "男")
    first = f"{region}{born:%Y%m%d}{order:03d}"
    return first + check_character(first)


def _household(person: Invented, random: Random) -> Iterator[dict[str, str]]:
    surname = person.name.split("·")[0][:1]
    for relation, called in random.sample(RELATIONS, random.randrange(3)):
        yield {"name": f"{surname}{called}", "relation": relation}


def _read(line: str) -> Invented:
    id_, sex, age, station, hardship, difficulty, trade, *shares = line.split("|")
    return Invented(
        id=id_,
        name=id_.partition("#")[0],
        sex=sex,
        age=int(age),
        station=f"station-{station}",
        hardship=Hardship(hardship),
        difficulty=Difficulty(difficulty),
        trade=trade,
        shares_phone_with=next(iter(shares), None),
    )
