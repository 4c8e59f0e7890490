"""Write the next revision after a change of the tables: `python -m store.revisions "what changed"`.

Until a revision is released it can be written anew: delete its file and run this again.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from store.engine import make_engine
from store.migrate import new_revision, upgrade


def write_revision(message: str) -> Path:
    """The new revision, made against an empty database brought to the newest one."""
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/empty.db")
        upgrade(engine)
        path = new_revision(engine, message)
        engine.dispose()
    # Alembic asks for an adjustment that has then been made.
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.strip().startswith("# ###")), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{write_revision(' '.join(sys.argv[1:]))}\n")
