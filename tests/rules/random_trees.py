"""Random trees of every form that text can take, whether or not they would pass the check."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules.tree import (
    KEYWORDS,
    QUANTIFIERS,
    And,
    Arithmetic,
    Call,
    Compare,
    DayLiteral,
    Expr,
    If,
    In,
    Lookup,
    Negative,
    Not,
    Or,
    Over,
    Path,
    Percentage,
    Quantity,
    TruthLiteral,
)

names = st.sampled_from(
    ["a", "born_on", "x1", "工龄", "daily", "order", "inside", "information", "items", "iff", "divide"]
)
fields = st.one_of(names, st.sampled_from(["sum", "month", "in", "it", *KEYWORDS]))
functions = st.sampled_from(["age", "days", "month", "first", "min", "band", "year", "months", "unknown_function"])

leaves: SearchStrategy[Expr] = st.one_of(
    st.builds(Quantity, st.integers(0, 10**6), st.sampled_from(["", "day", "month", "year", "fen", "yuan"])),
    st.builds(Percentage, st.integers(0, 10**5).map(lambda thousandths: Fraction(thousandths, 10**5))),
    st.builds(DayLiteral, st.dates(date(1900, 1, 1), date(2199, 12, 31))),
    st.builds(TruthLiteral, st.booleans()),
    st.builds(lambda name, rest: Path((name, *rest)), st.one_of(names, st.just("it")), st.lists(fields, max_size=2)),
)


def grown(inner: SearchStrategy[Expr]) -> SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    among = st.one_of(names, st.lists(names, min_size=1, max_size=3).map(tuple))
    quantified = st.builds(
        Over,
        st.sampled_from(QUANTIFIERS),
        names,
        inner,
        st.one_of(st.none(), inner),
        inner,
        st.one_of(st.none(), inner),
    )
    return st.one_of(
        st.builds(If, inner, inner, inner),
        st.builds(Or, several),
        st.builds(And, several),
        st.builds(Not, inner),
        st.builds(Compare, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(In, inner, among, st.booleans()),
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "/", "div"]), inner, inner),
        st.builds(Negative, inner),
        st.builds(Call, functions, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Lookup, names, st.lists(inner, min_size=1, max_size=2).map(tuple)),
        quantified,
        st.builds(Over, st.just("count"), names, inner, st.one_of(st.none(), inner)),
    )


trees: SearchStrategy[Expr] = st.recursive(leaves, grown, max_leaves=12)

A, B, C = (Path((name,)) for name in "abc")


def around(inner: Expr) -> list[Expr]:
    """Every form of expression with this one in each of its places."""
    signs = ["+", "-", "*", "/", "div"]
    joins = [join((*pair,)) for join in (And, Or) for pair in ((inner, A), (A, inner), (A, inner, B))]
    pairs = [(inner, A), (A, inner)]
    overs = [
        Over("any", "m", inner, A, B),
        Over("any", "m", A, inner, B),
        Over("all", "m", A, B, inner),
        Over("least", "m", A, None, inner, B),
        Over("most", "m", A, None, B, inner),
        Over("count", "m", A, inner),
    ]
    return [
        If(inner, A, B),
        If(A, inner, B),
        If(A, B, inner),
        *joins,
        Not(inner),
        Negative(inner),
        *(Compare("<=", left, right) for left, right in pairs),
        In(inner, ("a", "b")),
        In(inner, "c", negated=True),
        *(Arithmetic(sign, left, right) for sign in signs for left, right in pairs),
        Call("min", (A, inner, B)),
        Lookup("t", (inner, A)),
        *overs,
    ]


def nested_pairs() -> list[Expr]:
    """Every form inside every place of every other: all that brackets could get wrong, two deep."""
    simple: list[Expr] = [
        Quantity(3, "day"),
        Percentage(Fraction(11, 200)),
        DayLiteral(date(2024, 1, 1)),
        TruthLiteral(value=True),
        A,
    ]
    return [outer for inner in simple + around(C) for outer in around(inner)]
