"""PyMySQL. Arguments: port, Unix socket."""
import sys

import pymysql
from pymysql.constants import CLIENT

import session


def main(port, socket):
    for how in ({"host": "127.0.0.1", "port": port}, {"unix_socket": socket}):
        connection = pymysql.connect(user="root", charset="utf8mb4", client_flag=CLIENT.MULTI_STATEMENTS, **how)
        session.run_statements(connection, "pymysql_clients")
        session.run_rest(connection, "pymysql_clients", multi=True)
        connection.ping(reconnect=False)
        connection.close()
    try:
        pymysql.connect(host="127.0.0.1", port=port, user="nobody", password="wrong")
    except pymysql.MySQLError as error:
        print(session.show_error(error))
    streaming = pymysql.connect(host="127.0.0.1", port=port, user="root", cursorclass=pymysql.cursors.SSCursor)
    cursor = streaming.cursor()
    cursor.execute("SELECT a.n + 10 * b.n AS n FROM (VALUES ROW(0), ROW(1), ROW(2)) AS a (n) JOIN (VALUES ROW(0), ROW(1)) AS b (n) ORDER BY n")
    print("unbuffered:", cursor.fetchone(), cursor.fetchmany(2), cursor.fetchall())
    streaming.close()


main(int(sys.argv[1]), sys.argv[2])
