"""MySQLdb (mysqlclient, on libmariadb). Arguments: port, Unix socket."""
import sys

import MySQLdb
import MySQLdb.cursors

import session


def main(port, socket):
    for how in ({"host": "127.0.0.1", "port": port}, {"unix_socket": socket}):
        connection = MySQLdb.connect(user="root", charset="utf8mb4", **how)
        session.run_statements(connection, "mysqldb_clients")
        session.run_rest(connection, "mysqldb_clients", multi=True)
        connection.ping()
        print("warnings:", connection.warning_count(), "info:", connection.info())
        connection.change_user("root", "")
        session.run(connection.cursor(), "SELECT DATABASE()")
        connection.close()
    try:
        MySQLdb.connect(host="127.0.0.1", port=port, user="nobody", passwd="wrong")
    except MySQLdb.MySQLError as error:
        print(session.show_error(error))
    compressed = MySQLdb.connect(host="127.0.0.1", port=port, user="root", compress=True, cursorclass=MySQLdb.cursors.SSDictCursor)
    cursor = compressed.cursor()
    cursor.execute("SELECT REPEAT('x', 100000) AS x, n FROM (VALUES ROW(0), ROW(1), ROW(2)) AS a (n) ORDER BY n")
    print("compressed, unbuffered:", [(len(r["x"]), r["n"]) for r in cursor.fetchall()])
    compressed.close()


main(int(sys.argv[1]), sys.argv[2])
