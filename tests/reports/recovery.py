"""What a reader of published tables can work out: the least and the most that each number can be, exactly."""

from collections.abc import Sequence
from fractions import Fraction

Row = list[Fraction]


def bounds(equations: Sequence[tuple[frozenset[int], int]], count: int, place: int) -> tuple[Fraction, Fraction]:
    """Return the least and the most that one of `count` unknowns can be, none of which is negative.

    Each equation names the unknowns whose sum is published. By the simplex method in exact fractions (Bland's rule).
    """
    most = _most(equations, count, [Fraction(int(index == place)) for index in range(count)])
    least = -_most(equations, count, [Fraction(-int(index == place)) for index in range(count)])
    return least, most


def _most(equations: Sequence[tuple[frozenset[int], int]], count: int, wanted: Row) -> Fraction:
    extra = len(equations)
    table = [
        [Fraction(int(index in names)) for index in range(count)]
        + [Fraction(int(index == row)) for index in range(extra)]
        + [Fraction(total)]
        for row, (names, total) in enumerate(equations)
    ]
    basis = list(range(count, count + extra))
    if _climb(table, basis, [Fraction(0)] * count + [Fraction(-1)] * extra, count + extra) != 0:
        raise ValueError("the tables contradict each other")
    return _climb(table, basis, [*wanted, *[Fraction(0)] * extra], count)


def _climb(table: list[Row], basis: list[int], wanted: Row, usable: int) -> Fraction:
    """Move along the edges while `wanted` grows, by the first `usable` unknowns; return what it comes to."""
    while True:
        prices = [wanted[name] for name in basis]
        gains = (
            wanted[name] - sum(price * row[name] for price, row in zip(prices, table, strict=True))
            for name in range(usable)
        )
        entering = next((name for name, gain in enumerate(gains) if gain > 0), None)
        if entering is None:
            return sum((price * row[-1] for price, row in zip(prices, table, strict=True)), Fraction(0))
        steps = [(row[-1] / row[entering], basis[at], at) for at, row in enumerate(table) if row[entering] > 0]
        _turn(table, min(steps)[2], entering)
        basis[min(steps)[2]] = entering


def _turn(table: list[Row], at: int, entering: int) -> None:
    pivot = table[at][entering]
    table[at] = [value / pivot for value in table[at]]
    for other, row in enumerate(table):
        if other != at and row[entering]:
            factor = row[entering]
            table[other] = [value - factor * own for value, own in zip(row, table[at], strict=True)]
