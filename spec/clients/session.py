"""What a Python client of the DB-API does and prints: every text statement, and then what this client has beside them.

The output is compared with that of the same program on a real MySQL (expected/, see record)."""
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
LONG = 17 * 1024 * 1024  # more than one packet holds


def statements(schema):
    text = open(os.path.join(HERE, "statements.sql"), encoding="utf-8").read().replace("{schema}", schema)
    text = re.sub(r"^--.*\n", "", text, flags=re.M)
    return [s for s in (part.strip() for part in text.split(";\n")) if s]


def show(value):
    if isinstance(value, (bytes, bytearray)):
        return f"{type(value).__name__} {value.hex()}"
    if isinstance(value, (set, frozenset)):
        return f"set {sorted(value)!r}"
    return f"{type(value).__name__} {value!r}"


def show_error(error):
    return "error: " + type(error).__name__ + " " + " ".join(str(a) for a in error.args)


def print_result(cursor):
    if cursor.description is None:
        print(f"ok: affected {cursor.rowcount}, id {cursor.lastrowid}")
        return
    of_table = [c[0] for c in cursor.description[:3]] == ["id", "ti", "tiu"]
    for name, code, display, internal, precision, scale, nullable in cursor.description:
        details = f", length {internal}, precision {precision}, scale {scale}, nullable {nullable}" if of_table else ""
        print(f"  column {name}: type {code}{details}")
    for row in cursor.fetchall():
        print("  row " + " | ".join(show(v) for v in row))


def run(cursor, sql, parameters=None):
    print("> " + re.sub(r"\s+", " ", sql))
    try:
        cursor.execute(sql, parameters)
        print_result(cursor)
        while cursor.nextset():
            if cursor.description is not None:
                print_result(cursor)
    except Exception as error:  # each client has its own classes
        print(show_error(error))


def run_statements(connection, schema):
    cursor = connection.cursor()
    cursor.execute(f"DROP DATABASE IF EXISTS {schema}")
    for sql in statements(schema):
        run(cursor, sql)


def run_rest(connection, schema, multi):
    """Transactions, parameters, several results, more than 16 MiB both ways."""
    import datetime
    import decimal

    cursor = connection.cursor()
    cursor.execute(
        "CREATE TABLE parameters (id INT AUTO_INCREMENT PRIMARY KEY, i BIGINT, de DECIMAL(20,5), db DOUBLE, v VARCHAR(50), b BLOB,"
        " da DATE, tm TIME(6), dt DATETIME(6), bo BOOL)")
    rows = [
        (-(2**63), decimal.Decimal("-123.45600"), 1e300, "日本 🐬 %s ' \" \\", bytes(range(256)), datetime.date(2024, 2, 29),
         datetime.timedelta(hours=-30, microseconds=-5), datetime.datetime(2024, 2, 29, 23, 59, 59, 999999), True),
        (None,) * 9,
    ]
    sql = "INSERT INTO parameters (i, de, db, v, b, da, tm, dt, bo) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
    for row in rows:
        print(f"insert: {cursor.execute(sql, row)}, id {cursor.lastrowid}")
    print(f"many: {cursor.executemany(sql, rows * 3)}, {cursor.rowcount}")
    connection.rollback()
    run(cursor, "SELECT COUNT(*) FROM parameters")
    cursor.execute(sql, rows[0])
    connection.commit()
    run(cursor, "SELECT * FROM parameters WHERE v = %s AND dt = %s AND de = %s", (rows[0][3], rows[0][7], rows[0][1]))
    if multi:
        run(cursor, "SELECT 1; UPDATE parameters SET i = 5; SELECT 2, 'x'; SELECT * FROM missing; SELECT 3")
        run(cursor, "SELECT 'after'")
    cursor.execute("CREATE TABLE big (b LONGBLOB)")
    big = bytes(range(256)) * (LONG // 256)
    cursor.execute("INSERT INTO big VALUES (_binary %s)", (big,))
    cursor.execute("SELECT b FROM big")
    print("more than 16 MiB:", cursor.fetchone()[0] == big)
    cursor.execute(f"SELECT CONCAT(REPEAT('é', {LONG // 2}), 'x')")
    print("more than 16 MiB of text:", cursor.fetchone()[0] == "é" * (LONG // 2) + "x")
    run(cursor, "SELECT * FROM parameters WHERE MATCH")
    cursor.execute(f"DROP DATABASE {schema}")
