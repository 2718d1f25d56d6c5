"""LOAD DATA LOCAL with PyMySQL. Arguments: port."""
import sys
import tempfile

import pymysql

connection = pymysql.connect(host="127.0.0.1", port=int(sys.argv[1]), user="root", charset="utf8mb4", local_infile=True)
with connection.cursor() as cursor:
    cursor.execute("CREATE DATABASE pymysql_local")
    cursor.execute("CREATE TABLE pymysql_local.t (tiny TINYINT)")
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"7\n8\n9\n")
        file.flush()
        assert cursor.execute(f"LOAD DATA LOCAL INFILE '{file.name}' INTO TABLE pymysql_local.t (tiny)") == 3
connection.close()
