"""InterSystems' DB-API driver (iris.dbapi) against irisdev: transactions and errors."""

import threading
import time

import pytest

import iris.dbapi as dbapi

from test_dbapi import of_profile


def ids(cursor, table):
    cursor.execute(f"SELECT id FROM {table} ORDER BY id")
    return [r[0] for r in cursor.fetchall()]


def test_commit_and_rollback(connect, connection, cursor, people):
    assert connection.autocommit is True
    connection.setAutoCommit(False)
    assert connection.autocommit is False
    cursor.execute(f"DELETE FROM {people} WHERE id < 5")
    connection.rollback()
    assert ids(cursor, people) == [1, 2, 3, 4, 5]
    cursor.execute(f"DELETE FROM {people} WHERE id < 5")
    connection.commit()
    connection.rollback()
    assert ids(connect().cursor(), people) == [5]
    connection.setAutoCommit(True)


def test_autocommit_off_from_the_start_loses_what_was_not_committed(connect, cursor, people):
    other = connect(autoCommit=False)
    other.cursor().execute(f"DELETE FROM {people}")
    assert ids(cursor, people) == []  # READ UNCOMMITTED
    other.close()
    end = time.monotonic() + 5
    while ids(cursor, people) == [] and time.monotonic() < end:  # the server notices the end of a connection by itself
        time.sleep(0.01)
    assert ids(cursor, people) == [1, 2, 3, 4, 5]


def test_transaction_statements(connection, cursor, people):
    cursor.execute("START TRANSACTION")
    cursor.execute(f"DELETE FROM {people} WHERE id = 1")
    cursor.execute("SAVEPOINT here")
    cursor.execute(f"DELETE FROM {people} WHERE id = 2")
    cursor.execute("ROLLBACK TO SAVEPOINT here")
    cursor.execute("COMMIT")
    assert ids(cursor, people) == [2, 3, 4, 5]


def test_a_failing_batch_keeps_its_transaction_usable(connection, cursor, people):
    connection.setAutoCommit(False)
    insert = f"INSERT INTO {people} VALUES (?, ?, ?)"
    for _ in range(3):  # the first prepares, the others do not
        with pytest.raises(of_profile(dbapi.IntegrityError), match="-119"):
            cursor.executemany(insert, [(20, "a", 1), (1, "b", 1), (21, "c", 1), (22, "d", 1)])
        connection.rollback()
        assert ids(cursor, people) == [1, 2, 3, 4, 5]
    connection.setAutoCommit(True)


def test_a_writer_waits_for_another_and_gives_up(connect, connection, cursor, people):
    other = connect()
    waiting = other.cursor()
    waiting.execute("SET OPTION LOCK_TIMEOUT = 1")
    connection.setAutoCommit(False)
    cursor.execute(f"UPDATE {people} SET pay = 0 WHERE id = 1")
    with pytest.raises(of_profile(dbapi.OperationalError), match="-110|-114"):
        waiting.execute(f"UPDATE {people} SET pay = 1 WHERE id = 1")
    released = threading.Timer(0.3, connection.rollback)
    released.start()
    waiting.execute(f"UPDATE {people} SET pay = 1 WHERE id = 1")
    assert waiting.rowcount == 1
    released.join()
    connection.setAutoCommit(True)


# statement, class, SQLCODE
ERRORS = [
    ("SELEC 1", [], dbapi.ProgrammingError, -51),
    ("SELECT * FROM NoSuchTable", [], dbapi.ProgrammingError, -30),
    ("SELECT nope FROM {t}", [], dbapi.ProgrammingError, -29),
    ("SELECT id FROM {t} WHERE", [], dbapi.ProgrammingError, None),
    ("SELECT 1;", [], dbapi.ProgrammingError, -25),
    ("SELECT NOSUCH(id) FROM {t}", [], dbapi.ProgrammingError, -359),
    ("INSERT INTO {t} VALUES (1, 'x', 1)", [], dbapi.IntegrityError, -119),
    ("INSERT INTO {t} (id) VALUES (50)", [], dbapi.IntegrityError, -108),
    ("INSERT INTO {t} VALUES (?, ?)", [50, "x"], dbapi.ProgrammingError, -62),
    ("INSERT INTO {t} VALUES (?, ?, ?)", [50, "x" * 21, 1], dbapi.DataError, -104),
    ("INSERT INTO {t} VALUES (?, ?, ?)", [50, "x", "abc"], dbapi.DataError, -104),
    ("UPDATE {t} SET id = 2 WHERE id = 1", [], dbapi.IntegrityError, -120),
    ("SELECT 1/0", [], dbapi.DatabaseError, -400),
    ("CREATE TABLE {t} (a INTEGER)", [], dbapi.ProgrammingError, -201),
    ("DROP TABLE NoSuchTable", [], dbapi.ProgrammingError, -30),
]


@pytest.mark.parametrize("sql,args,kind,code", ERRORS, ids=[e[0][:40] + str(e[3]) for e in ERRORS])
def test_errors_have_their_class_and_sqlcode(cursor, people, sql, args, kind, code):
    for _ in range(2):  # the second time from the driver's cache of statements
        with pytest.raises(of_profile(kind), match=f"SQLCODE: <{code}>" if code else "SQLCODE: <-"):
            cursor.execute(sql.format(t=people), args)
            cursor.fetchall()
    assert ids(cursor, people) == [1, 2, 3, 4, 5]


def test_a_wrong_number_of_parameters(cursor, people):
    with pytest.raises(dbapi.ProgrammingError, match="Incorrect number of parameters"):
        cursor.execute(f"SELECT id FROM {people} WHERE id = ? AND Name = ?", [1])
