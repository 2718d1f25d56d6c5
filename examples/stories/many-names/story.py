"""GET_LOCK with ten thousand names, and a cycle of two sessions. Arguments: port. PyMySQL."""
import sys
import threading

import pymysql

PORT = int(sys.argv[1])
NAMES = 10_000


def connect():
    return pymysql.connect(host="127.0.0.1", port=PORT, user="root")


def ask(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def many():
    holder, other = connect(), connect()
    for first in range(0, NAMES, 500):
        ask(holder, "SELECT " + " + ".join(f"GET_LOCK('job {i}', 0)" for i in range(first, first + 500)))
    held = ask(other, "SELECT COUNT(*) FROM performance_schema.metadata_locks WHERE OBJECT_TYPE = 'USER LEVEL LOCK'")
    print(f"names held by one session: {held}")
    print(f"another session gets one of them: {ask(other, 'SELECT GET_LOCK(%r, 0)' % 'job 77')}")
    print(f"it is used by the first session: {ask(other, 'SELECT IS_USED_LOCK(%r)' % 'job 77') == holder.thread_id()}")
    print(f"released at once: {ask(holder, 'SELECT RELEASE_ALL_LOCKS()')}")
    ask(holder, "SELECT GET_LOCK('kept to the end', 0)")
    holder.close()
    print(f"a session that ends gives its name to the next: {ask(other, 'SELECT GET_LOCK(%r, 10)' % 'kept to the end')}")
    other.close()


def cycle():
    first, second = connect(), connect()
    ask(first, "SELECT GET_LOCK('left', 0)")
    ask(second, "SELECT GET_LOCK('right', 0)")
    answers = []
    waiter = threading.Thread(target=lambda: answers.append(ask(first, "SELECT GET_LOCK('right', 60)")))
    waiter.start()
    watcher = connect()
    while ask(watcher, "SELECT COUNT(*) FROM performance_schema.metadata_locks WHERE LOCK_STATUS = 'PENDING'") == 0:
        pass
    try:
        ask(second, "SELECT GET_LOCK('left', 60)")
        print("no cycle seen")
    except pymysql.MySQLError as error:
        print(f"the wait that closes a cycle ends at once: {error.args[0]} {error.args[1]}")
        with second.cursor() as cursor:
            cursor.execute("SHOW WARNINGS")
            for level, number, message in cursor.fetchall():
                print(f"  {level} {number}: {message}")
    ask(second, "SELECT RELEASE_LOCK('right')")
    waiter.join()
    print(f"and the other session goes on: {answers[0]}")
    for connection in (first, second, watcher):
        connection.close()


many()
cycle()
