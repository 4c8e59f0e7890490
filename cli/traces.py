"""Where something failed, without the words of the failure, which could quote the data that caused it."""

import traceback


def places(failure: BaseException) -> str:
    """As `KeyError at a.py:3 f < b.py:9 g; caused by OSError at …`."""
    frames = traceback.extract_tb(failure.__traceback__)
    here = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    said = f"{type(failure).__name__} at {here}"
    cause = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
    return f"{said}; caused by {places(cause)}" if cause else said
