"""The pure-Python driver (the 3.x line as sqlalchemy-iris's wheel carries it) against irisdev: values, transactions, errors,
the native API."""

import datetime as dt
import decimal

import intersystems_iris
import intersystems_iris.dbapi._DBAPI as dbapi
import pytest

from conftest import PROFILE

D = decimal.Decimal


# column type, values
TYPES = [
    ("INTEGER", [0, 1, -1, 255, 256, 65536, 2147483647, -2147483648]),
    ("BIGINT", [0, 9223372036854775807, -9223372036854775807]),
    ("BIT", [0, 1]),
    ("NUMERIC(10,2)", [D("0"), D("-0.01"), D("1.50"), D("99999999.99")]),
    ("NUMERIC(18,4)", [D("12345678901234.5678"), D("-0.0001")]),
    ("DOUBLE", [0.0, 0.1, -1.5, 1e-5, 1.7976931348623157e308, 5e-324]),
    ("VARCHAR(300)", ["", " ", "0", "1.0", "O'Reilly", "line\nbreak", "x" * 253, "x" * 254, "x" * 300]),
    ("VARCHAR(100)", ["é", "ÿ\x80\xa0", "漢字", "😀a😀"]),
    ("VARCHAR(100000)", ["x" * 65535, "x" * 65536, "é" * 70000, "漢" * 70000]),
    ("VARBINARY(2000)", [b"\x00\xff", b"\x01", bytes(range(256)), bytes(range(256)) * 7]),
    ("DATE", ["2024-02-29", "1970-01-01", "9999-12-31"]),
    ("TIME", ["00:00:00", "13:14:15", "23:59:59"]),
    ("TIMESTAMP", ["2024-02-29 12:34:56", "2024-02-29 12:34:56.789", "1969-12-31 23:59:59"]),
]


def comparable(declared, got):
    """What the driver gives for what the profile sends: dates and times as texts, numbers as numbers."""
    if got is None:
        return None
    if declared == "TIME" and got == 0:  # the driver gives midnight in seconds as it came
        return "00:00:00"
    if declared.startswith("NUMERIC"):
        return D(str(got))
    if isinstance(got, dt.datetime):
        return got.isoformat(" ").removesuffix("000")
    if isinstance(got, (dt.date, dt.time)):
        return got.isoformat()
    return bytes(got) if isinstance(got, bytearray) else got


@pytest.mark.parametrize("many", [False, True], ids=["execute", "executemany"])
@pytest.mark.parametrize("declared,values", TYPES, ids=[t for t, _ in TYPES])
def test_values_come_back_as_they_were_sent(cursor, name, declared, values, many):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, v {declared})")
    sent = [None, *values]
    insert = f"INSERT INTO {name} (id, v) VALUES (?, ?)"
    if many:
        cursor.executemany(insert, [[i, v] for i, v in enumerate(sent)])
    else:
        for i, v in enumerate(sent):
            cursor.execute(insert, [i, v])
    cursor.execute(f"SELECT v FROM {name} ORDER BY id")
    assert [comparable(declared, row[0]) for row in cursor.fetchall()] == sent


def test_rows_in_many_buffers(cursor, name):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, t VARCHAR(300))")
    sent = [(i, f"{i}-" + "é漢"[i % 2] * (i % 260)) for i in range(3000)]
    cursor.executemany(f"INSERT INTO {name} VALUES (?, ?)", [list(row) for row in sent])
    cursor.execute(f"SELECT id, t FROM {name} ORDER BY id")
    assert [tuple(r) for r in cursor.fetchall()] == sent


@pytest.mark.parametrize("changed", [{"password": "wrong"}, {"username": "nobody"}, {"namespace": "NOSUCH"}], ids=["password", "user", "namespace"])
def test_a_refused_connection(connect, changed):
    with pytest.raises(Exception, match="Access Denied|NOSUCH"):
        connect(**changed)


@pytest.fixture
def people(cursor, name):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, Name VARCHAR(20) NOT NULL)")
    cursor.executemany(f"INSERT INTO {name} VALUES (?, ?)", [[i, f"P{i}"] for i in range(1, 6)])
    return name


def ids(cursor, table):
    cursor.execute(f"SELECT id FROM {table} ORDER BY id")
    return [r[0] for r in cursor.fetchall()]


def test_description_row_count_and_last_row_id(cursor, people):
    cursor.execute(f"SELECT id, Name AS Who FROM {people}")
    assert [d[0] for d in cursor.description] == ["id", "Who"]
    cursor.execute(f"INSERT INTO {people} VALUES (?, ?)", [10, "P10"])
    assert (cursor.rowcount, int(cursor.lastrowid)) == (1, 6)
    cursor.execute(f"DELETE FROM {people} WHERE id > ?", [3])
    assert cursor.rowcount == 3


def test_commit_and_rollback(connection, cursor, people):
    connection.setAutoCommit(False)
    cursor.execute(f"DELETE FROM {people} WHERE id < 5")
    connection.rollback()
    assert ids(cursor, people) == [1, 2, 3, 4, 5]
    cursor.execute(f"DELETE FROM {people} WHERE id < 5")
    connection.commit()
    connection.rollback()
    assert ids(cursor, people) == [5]


ERRORS = [
    ("SELECT * FROM NoSuchTable", -30),
    ("SELECT nope FROM {t}", -29),
    ("INSERT INTO {t} VALUES (1, 'x')", -119),
    ("INSERT INTO {t} (id) VALUES (50)", -108),
    ("CREATE TABLE {t} (a INTEGER)", -201),
    ("DROP TABLE NoSuchTable", -30),
]


@pytest.mark.parametrize("sql,code", ERRORS, ids=[e[0][:40] for e in ERRORS])
def test_errors_have_their_sqlcode(cursor, people, sql, code):
    for _ in range(2):
        with pytest.raises(dbapi.DatabaseError, match=f"SQLCODE: <{code}>") as raised:
            cursor.execute(sql.format(t=people))
        if PROFILE == "documented" and code in (-119, -108):
            assert isinstance(raised.value, dbapi.IntegrityError)
    assert ids(cursor, people) == [1, 2, 3, 4, 5]


def test_native_api(connection, name):
    native = intersystems_iris.createIRIS(connection)
    for value in [0, -1, 2**40, 1.5, "x", "é", "漢字", "x" * 70000]:
        native.set(value, name, 1, "a")
        assert native.get(name, 1, "a") == value
    assert (native.isDefined(name), native.isDefined(name, 1, "a"), native.isDefined(name, 2)) == (10, 1, 0)
    assert native.increment(3, name, "n") == 3
    native.lock("", 1, name)
    native.unlock("", name)
    native.tStart()
    native.kill(name)
    native.tRollback()
    assert native.isDefined(name, 1) == 10
    assert native.classMethodValue("%SYSTEM.Version", "GetNumber").startswith("2025.1")
    with pytest.raises(Exception, match="CLASS DOES NOT EXIST"):
        native.classMethodValue("No.Such.Class", "Method")
