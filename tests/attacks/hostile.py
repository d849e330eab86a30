"""Hostile values: words for the database, letters that are none, lines that would become headers."""

from itertools import product

MARK = "zq7x"
"""Stands in every text that wants to become part of a statement; a statement that holds it is a stranger's."""
_BEFORE = ("'", '"', "')", "1", "1)", "%' ", "\\'", "0x27 ")
_WORDS = (
    "OR 1=1",
    "AND 1=2 UNION SELECT NULL, password_hash FROM account",
    "UNION ALL SELECT name FROM sqlite_master",
    "; DROP TABLE vote; SELECT 1",
    "; SELECT pg_sleep(9)",
    "AND 1=(SELECT 1 FROM pg_sleep(9))",
    "AND randomblob(900000000) IS NOT NULL",
    "ORDER BY 99",
    "|| (SELECT version()) ||",
    "; COPY account TO PROGRAM 'id'",
    "; ATTACH DATABASE '/tmp/x' AS x",
    "RETURNING password_hash",
    "AND CAST((SELECT name FROM account LIMIT 1) AS int) > 0",
)
_AFTER = ("--", "/*")
STATEMENTS = tuple(f"{one} {words} {end} {MARK}" for one, words, end in product(_BEFORE, _WORDS, _AFTER))
"""208 of them, as sqlmap builds them (attack 21)."""

SPLIT = "X-Split"
LETTERS: tuple[str | bytes, ...] = (
    b"\x00",
    b"a\x00b",
    b"\xed\xa0\x80",
    b"\xff\xfe\xfa",
    b"\xc0\xaf",
    "\ud83d",
    "\u202e\u200b\ufeff",
    "Z\u0351\u0343\u035d" * 40,
    "a" * 70_000,
    "9" * 400,
    "-1",
    "1e400",
    "NaN",
    "\uff11\uff12",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "0001-01-01T00:00:00+14:00/x",
    "9999-12",
    "%s%n{0.__class__}{{7*7}}",
    f"x\r\n{SPLIT}: 1",
    f"x\n\n{SPLIT}: 1",
    f"%0d%0a{SPLIT}:%201",
    f"\u560d\u560a{SPLIT}: 1",
    "//evil.example/%2f..",
    "https:evil.example",
    "\\\\evil.example",
    "\x1b[31m\x07\u2028",
)
"""What is no letter, no number or no line (attacks 22, 25, 35)."""


def sent(value: str | bytes) -> bytes:
    """Return a value as the bytes that travel; half an emoji becomes what browsers of old wrote for it."""
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
