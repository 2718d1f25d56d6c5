"""One row of every type, and what it must come back as."""
import datetime
import decimal
import json

CREATE = """CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, tiny TINYINT, big BIGINT UNSIGNED, exact DECIMAL(10,3), dbl DOUBLE,
 c CHAR(5), v VARCHAR(20), vb VARBINARY(9), tx TEXT, bl BLOB, e ENUM('a','b'), s SET('x','y'), da DATE, ti TIME, dt DATETIME(6),
 y YEAR, j JSON, n INT)"""
COLUMNS = ["tiny", "big", "exact", "dbl", "c", "v", "vb", "tx", "bl", "e", "s", "da", "ti", "dt", "y", "j", "n"]
ROW = (
    -128,
    18446744073709551615,
    decimal.Decimal("-1234567.891"),
    0.1,
    "abc",
    "日本 é 🐬",
    b"\x80\x00'\\\xff",
    "x" * 60000,
    bytes(range(256)),
    "b",
    "x,y",
    datetime.date(2024, 2, 29),
    datetime.timedelta(hours=123, minutes=59, seconds=58),
    datetime.datetime(2024, 2, 29, 23, 59, 59, 123456),
    1999,
    '{"a": [1, "é"]}',
    None,
)


def check(row):
    for name, wanted, got in zip(COLUMNS, ROW, row):
        if name == "j":
            wanted, got = json.loads(wanted), json.loads(got)
        if name == "s" and isinstance(got, set):
            got = ",".join(sorted(got))
        assert got == wanted, f"{name}: wanted {wanted!r}, got {got!r}"
