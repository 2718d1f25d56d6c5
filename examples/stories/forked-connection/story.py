"""A parent opens a connection, begins a transaction, and forks. Arguments: port, "shared" or "reconnected".

shared: the child uses the connection that it inherited. reconnected: the parent closes its connection before it forks, and both open one of
their own. The child waits for a line on standard input before it ends, so that one can look at the server meanwhile.
"""
import multiprocessing
import os
import sys

import MySQLdb


def connect():
    return MySQLdb.connect(host="127.0.0.1", port=PORT, user="root", database="bank", autocommit=False)


def balance(connection):
    cursor = connection.cursor()
    cursor.execute("SELECT balance FROM account WHERE id = 1")
    return cursor.fetchone()[0]


def child(connection, gate):
    own = connection if connection is not None else connect()
    print(f"child {os.getpid()} sees a balance of {balance(own)} and commits what it takes for its own work", flush=True)
    own.commit()
    gate.recv()
    print("child closes its connection and ends", flush=True)
    own.close()
    os._exit(0)


def prepare():
    connection = MySQLdb.connect(host="127.0.0.1", port=PORT, user="root")
    cursor = connection.cursor()
    cursor.execute("CREATE DATABASE IF NOT EXISTS bank")
    cursor.execute("DROP TABLE IF EXISTS bank.account")
    cursor.execute("CREATE TABLE bank.account (id INT PRIMARY KEY, balance INT)")
    cursor.execute("INSERT INTO bank.account VALUES (1, 1000)")
    connection.commit()
    connection.close()


def main(how):
    prepare()
    fork = multiprocessing.get_context("fork")
    inherited = connect() if how == "shared" else None
    if inherited is not None:
        inherited.cursor().execute("UPDATE account SET balance = balance - 900 WHERE id = 1")
        print(f"parent {os.getpid()} has taken 900 and has not committed", flush=True)
    ours, theirs = fork.Pipe()
    worker = fork.Process(target=child, args=(inherited, theirs))
    worker.start()
    parent = inherited
    if parent is None:
        parent = connect()
        parent.cursor().execute("UPDATE account SET balance = balance - 900 WHERE id = 1")
        print(f"parent {os.getpid()} has taken 900 and has not committed", flush=True)
    sys.stdin.readline()
    ours.send("end")
    worker.join()
    try:
        parent.rollback()
        print("parent has rolled back", flush=True)
        parent.close()
    except MySQLdb.MySQLError as error:
        print(f"parent cannot roll back: {error.args[0]} {error.args[1]}", flush=True)
    after = MySQLdb.connect(host="127.0.0.1", port=PORT, user="root", database="bank")
    print(f"the balance is {balance(after)}", flush=True)
    after.close()


PORT = int(sys.argv[1])
main(sys.argv[2])
