"""What a long-running process writes down about itself: JSON lines in the data folder, without personal numbers."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

import structlog
from structlog.typing import EventDict, WrappedLogger

from cli.traces import places

KEPT_FILES, FILE_BYTES = 5, 10_000_000
HIDDEN: Final = "‹hidden›"
# The second belt: nothing should log such a number, and a library's message might. Any run of digits as long as a
# phone number counts, with the separators people write in one.
_PERSONAL_NUMBER = re.compile(r"(?<![0-9A-Fa-f-])\+?\d(?:[ -]?\d){10,17}[\dXx]?(?![0-9A-Fa-f-])")


def hide_numbers(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {key: _PERSONAL_NUMBER.sub(HIDDEN, said) if isinstance(said, str) else said for key, said in event.items()}


def write_logs_to(folder: Path, process: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / f"{process}.log", maxBytes=FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
    )
    handler.setFormatter(_formatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    structlog.configure(
        processors=[*_FIRST, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


_FIRST = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def _formatter() -> logging.Formatter:
    """Lines of the libraries pass through the same processors as ours."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_FIRST,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(_trace),
            hide_numbers,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _trace(exc_info: structlog.typing.ExcInfo) -> str:
    return places(exc_info[1])
