"""PyMySQL: connects, text statements with every type, errors, transactions. Arguments: port."""
import sys
import tempfile

import pymysql

from expected import COLUMNS, CREATE, ROW, check


def main(port):
    connection = pymysql.connect(host="127.0.0.1", port=port, user="root", charset="utf8mb4", local_infile=True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE IF NOT EXISTS pymysql_clients")
        cursor.execute("USE pymysql_clients")
        cursor.execute("DROP TABLE IF EXISTS t")
        cursor.execute(CREATE)
        places = ",".join(["%s"] * len(COLUMNS))
        cursor.execute(f"INSERT INTO t ({','.join(COLUMNS)}) VALUES ({places})", ROW)
        assert cursor.rowcount == 1 and cursor.lastrowid == 1
        connection.commit()
        cursor.execute(f"SELECT {','.join(COLUMNS)} FROM t WHERE id = %s", (1,))
        check(cursor.fetchone())
        cursor.execute("INSERT INTO t (tiny) VALUES (1), (2)")
        connection.rollback()
        cursor.execute("SELECT COUNT(*) FROM t")
        assert cursor.fetchone() == (1,)
        for sql, number in [("SELECT * FROM missing", 1146), ("SELECT FROM", 1064), ("INSERT INTO t (id) VALUES (1)", 1062)]:
            try:
                cursor.execute(sql)
                raise AssertionError(sql)
            except pymysql.MySQLError as e:
                assert e.args[0] == number, e
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"7\n8\n9\n")
            file.flush()
            assert cursor.execute(f"LOAD DATA LOCAL INFILE '{file.name}' INTO TABLE t (tiny)") == 3
    connection.ping(reconnect=False)
    connection.select_db("pymysql_clients")
    connection.close()


main(int(sys.argv[1]))
