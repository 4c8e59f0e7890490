"""The one way a value is written as text, so that the same facts always give the same bytes."""

import json
from collections.abc import Mapping, Sequence
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]  # typeshed leaves them out
from typing import Final, TypeAlias, cast

Json: TypeAlias = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None


def canonical(value: Json) -> str:
    """Sorted keys, no spaces, characters as they are.

    Numbers with a fraction are refused: money is whole fen, a rate is written as text.
    """
    _refuse_unwritable(value)
    return of_plain(value)


def of_plain(value: Json) -> str:
    """The same of what is known to hold nothing but text, whole numbers and truths, which is then not looked for."""
    return "".join(_ENCODE(value, 0)) if _ENCODE else _ENCODER.encode(value)


def from_canonical(text: str) -> Json:
    """The value that `canonical` wrote."""
    value: Json = _DECODER.decode(text)
    return value


def _refuse_unwritable(value: object) -> None:
    kind = type(value)  # asking for an exact type is quick, and this runs for every value of all
    if kind in _PLAIN:
        return
    if kind is list or kind is tuple:
        for inner in cast("Sequence[object]", value):
            if type(inner) not in _PLAIN:
                _refuse_unwritable(inner)
    elif kind is dict or isinstance(value, Mapping):
        for key, inner in cast("Mapping[object, object]", value).items():
            if type(key) is not str and not isinstance(key, str):
                raise TypeError(f"A key of type {type(key).__name__} cannot be kept: keys are text.")
            if type(inner) not in _PLAIN:
                _refuse_unwritable(inner)
    else:
        _refuse_unusual(value)


def _refuse_unusual(value: object) -> None:
    match value:
        case None | bool() | int() | str():
            return
        case list() | tuple():
            for inner in value:
                _refuse_unwritable(inner)
        case _:
            raise TypeError(
                f"A {type(value).__name__} cannot be kept as it is: write days as text, money as whole fen."
            )


def _refuse_fraction(number: str) -> Json:
    raise ValueError(f"{number} stands where only whole numbers are kept.")


_PLAIN: Final = frozenset({str, int, bool, type(None)})
# Made once: this runs for every sealed value.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
# What `encode` would make anew for every value: it takes longer than most of them do to write.
_SORTED, _SKIPPING, _WITH_NAN = True, False, False
_ENCODE: Final = c_make_encoder and c_make_encoder(
    None, _ENCODER.default, encode_basestring, None, ":", ",", _SORTED, _SKIPPING, _WITH_NAN
)
_DECODER: Final = json.JSONDecoder(parse_float=_refuse_fraction, parse_constant=_refuse_fraction)
