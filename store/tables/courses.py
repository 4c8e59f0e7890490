"""Training courses (培训课程) that a service plan can point to."""

from sqlalchemy import CheckConstraint, Table

from store.tables.base import METADATA, PUBLIC, count, day, flag, instant, reference, text, ulid

course = Table(
    "course",
    METADATA,
    ulid(),
    reference("station_id", "station.id"),
    text("title", PUBLIC),
    text("provider", PUBLIC),
    text("trade", PUBLIC, index=True),
    text("place", PUBLIC),
    day("begins_on", PUBLIC),
    day("ends_on", PUBLIC),
    count("hours", PUBLIC),
    count("minimum_hours", PUBLIC),  # attended, for the course to count
    count("seats", PUBLIC),
    flag("free", PUBLIC),
    instant("recorded_at"),
    CheckConstraint("ends_on >= begins_on", name="ends_after_it_begins"),
    CheckConstraint("minimum_hours <= hours", name="hours_suffice"),
)
