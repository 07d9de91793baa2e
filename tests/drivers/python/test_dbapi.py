"""InterSystems' DB-API driver (iris.dbapi) against irisdev: values, connections, cursors."""

import datetime as dt
import decimal

import pytest

import iris.dbapi as dbapi

from conftest import PROFILE, Instance

D = decimal.Decimal


# column type, values; None and what comes back are added by the test. Python's 1 and True, 5 and Decimal(5) are equal.
TYPES = [
    ("INTEGER", [0, 1, -1, 255, 256, 65535, 65536, 2147483647, -2147483648]),
    ("BIGINT", [0, 9223372036854775807, -9223372036854775807]),
    ("SMALLINT", [0, 32767, -32768]),
    ("TINYINT", [0, 127, -128]),
    ("BIT", [False, True]),
    ("NUMERIC(10,2)", [D("0"), D("-0.01"), D("1.50"), D("99999999.99")]),
    ("NUMERIC(18,4)", [D("12345678901234.5678"), D("-0.0001")]),
    ("NUMERIC(18,0)", [D("922337203685477580"), D("-922337203685477580")]),
    ("DOUBLE", [0.0, 0.1, -1.5, 1e-5, 123456789.125, 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324]),
    ("VARCHAR(300)", ["", " ", "0", "1.0", "a  ", "O'Reilly", "line\nbreak", "tab\t", "\x01", "x" * 253, "x" * 254, "x" * 300]),
    ("VARCHAR(100)", ["é", "ÿ\x80\xa0", "漢字", "Ω≈", "😀a😀"]),
    ("VARCHAR(100000)", ["x" * 65535, "x" * 65536, "é" * 70000, "漢" * 70000]),
    # One zero byte is IRIS's empty string in SQL: b"" stands for both.
    ("VARBINARY(2000)", [b"", b"\x00\xff", b"\x01", bytes(range(256)), bytes(range(256)) * 7]),
    ("DATE", [dt.date(2024, 2, 29), dt.date(1970, 1, 1), dt.date(1841, 1, 1), dt.date(9999, 12, 31)]),
    ("TIME", [dt.time(0, 0), dt.time(13, 14, 15), dt.time(23, 59, 59)]),
    ("TIMESTAMP", [dt.datetime(2024, 2, 29, 12, 34, 56), dt.datetime(2024, 2, 29, 12, 34, 56, 789000),
                   dt.datetime(1969, 12, 31, 23, 59, 59), dt.datetime(9999, 12, 31, 23, 59, 59)]),
]


def read(declared, got):
    """A value as the driver gives it: dates and times are texts unless the server sends day numbers and seconds, a NUMERIC
    is a text when the server sends one."""
    if not isinstance(got, str):
        return got
    if declared == "DATE":
        return dt.date.fromisoformat(got)
    if declared == "TIME":
        return dt.time.fromisoformat(got)
    return D(got) if declared.startswith("NUMERIC") else got


@pytest.mark.parametrize("many", [False, True], ids=["execute", "executemany"])
@pytest.mark.parametrize("declared,values", TYPES, ids=[t for t, _ in TYPES])
def test_values_come_back_as_they_were_sent(cursor, name, declared, values, many):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, v {declared})")
    sent = [None, *values]
    insert, rows = f"INSERT INTO {name} (id, v) VALUES (?, ?)", list(enumerate(sent))
    if many:
        cursor.executemany(insert, rows)
    else:
        for row in rows:
            cursor.execute(insert, list(row))
    cursor.execute(f"SELECT v FROM {name} ORDER BY id")
    got = [row[0] for row in cursor.fetchall()]
    assert [read(declared, g) for g in got] == sent
    for value in sent:  # and as a parameter of a condition, where SQLUPPER does not see spaces at the end
        cursor.execute(f"SELECT COUNT(*) FROM {name} WHERE v = ?", [value])
        assert cursor.fetchone()[0] == sum(same(value, other) for other in sent), value


def same(a, b):
    if isinstance(a, str) and isinstance(b, str):
        return a.rstrip(" ").upper() == b.rstrip(" ").upper()
    return a is not None and a == b


def test_the_kinds_of_dates_and_numbers_by_profile(cursor, name):
    cursor.execute(f"CREATE TABLE {name} (d DATE, t TIME, ts TIMESTAMP, n NUMERIC(9,2))")
    cursor.execute(f"INSERT INTO {name} VALUES ('2024-02-29', '13:14:15', '2024-02-29 13:14:15', 1.5)")
    cursor.execute(f"SELECT d, t, ts, n FROM {name}")
    expected = {
        "documented": ["2024-02-29", "13:14:15", dt.datetime(2024, 2, 29, 13, 14, 15), D("1.5")],
        "contrary": [dt.date(2024, 2, 29), dt.time(13, 14, 15), dt.datetime(2024, 2, 29, 13, 14, 15), "1.5"],
    }[PROFILE]
    assert list(cursor.fetchone()) == expected
    codes = {"documented": [9, 10, 11, 2], "contrary": [1091, 1092, 1093, 2]}[PROFILE]
    assert [d[1] for d in cursor.description] == codes


def test_a_vector_is_written_and_read_as_text(cursor, name):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER, v VECTOR(DOUBLE, 3))")
    cursor.execute(f"INSERT INTO {name} VALUES (1, TO_VECTOR(?, DOUBLE, 3))", ["1,2.5,-3"])
    cursor.execute(f"SELECT VECTOR_DOT_PRODUCT(v, TO_VECTOR(?, DOUBLE, 3)) FROM {name}", ["2,2,1"])
    assert float(cursor.fetchone()[0]) == 4.0


def test_long_text_and_bytes_are_streams(cursor, name):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER, t LONGVARCHAR, b LONGVARBINARY)")
    text, data = "aé漢😀" * 20000, bytes(range(256)) * 400
    cursor.execute(f"INSERT INTO {name} VALUES (?, ?, ?)", [1, text, data])
    cursor.execute(f"SELECT t, b FROM {name}")
    row = cursor.fetchone()
    assert (row[0], row[1]) == (text, data)


# ---- connections

def test_connect_and_close(connect):
    connection = connect()
    assert not connection.isClosed()
    connection.close()
    assert connection.isClosed()
    with pytest.raises(dbapi.ProgrammingError, match="Connection closed"):
        connection.cursor()


@pytest.mark.parametrize("changed,text", [
    ({"password": "wrong"}, "Access Denied"),
    ({"username": "nobody"}, "Access Denied"),
    ({"namespace": "NOSUCH"}, "NOSUCH does not exist"),
    ({"port": 1}, "Failed to connect to server"),
], ids=["password", "user", "namespace", "port"])
def test_a_refused_connection_says_why(connect, changed, text):
    with pytest.raises(dbapi.OperationalError, match=text):
        connect(**changed)


def test_connect_by_connection_string(instance):
    with dbapi.connect(f"{instance.host}:{instance.port}/USER", "_SYSTEM", "SYS") as connection:
        assert connection.namespace == "USER"


def test_shared_memory_falls_back_to_tcp(connect):
    connection = connect(sharedmemory=True)
    assert not connection.isUsingSharedMemory()


def test_a_used_up_licence_refuses_the_next_connection(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    small = Instance(folder).start("--license", "1")
    try:
        first = dbapi.connect(**small.login, sharedmemory=False)
        with pytest.raises(dbapi.OperationalError, match="(?i)licen[cs]e"):
            dbapi.connect(**small.login, sharedmemory=False)
        first.close()
    finally:
        small.stop()


def test_a_server_that_stops_is_an_operational_error(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    gone = Instance(folder).start()
    connection = dbapi.connect(**gone.login, sharedmemory=False)
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE kept (id INTEGER)")
    cursor.execute("INSERT INTO kept VALUES (7)")
    gone.stop()
    with pytest.raises(dbapi.Error):
        cursor.execute("SELECT id FROM kept")
    gone.start()
    try:
        with dbapi.connect(**gone.login, sharedmemory=False) as again, again.cursor() as cursor:
            cursor.execute("SELECT id FROM kept")
            assert cursor.fetchone()[0] == 7
    finally:
        gone.stop()


# ---- cursors

def of_profile(kind):
    """The driver finds an error's class by the SQLCODE only when the reply's status is that code without its sign."""
    return kind if PROFILE == "documented" else dbapi.DatabaseError


def test_description_names_types_and_sizes(cursor, people):
    cursor.execute(f"SELECT id, Name, pay AS Salary FROM {people}")
    assert [tuple(d) for d in cursor.description] == [
        ("id", 4, None, None, 10, 0, 0), ("Name", 12, None, None, 20, 0, 0), ("Salary", 2, None, None, 9, 2, 1)]
    assert [d[1] == t for d, t in zip(cursor.description, [dbapi.NUMBER, dbapi.STRING, dbapi.NUMBER])] == [True] * 3


def test_fetching(cursor, people):
    cursor.execute(f"SELECT id, Name FROM {people} ORDER BY id")
    first = cursor.fetchone()
    assert (first[0], first["Name"], len(first), list(first)) == (1, "P1", 2, [1, "P1"])
    assert [tuple(r) for r in cursor.fetchmany(2)] == [(2, "P2"), (3, "P3")]
    assert [tuple(r) for r in cursor.fetchall()] == [(4, "P4"), (5, "P5")]
    assert cursor.fetchone() is None
    cursor.execute(f"SELECT id FROM {people} WHERE id > 3 ORDER BY id DESC")
    assert [r[0] for r in cursor] == [5, 4]
    cursor.execute(f"SELECT id FROM {people} ORDER BY id")
    assert cursor.scroll(3)[0] == 3


def test_rows_in_many_buffers(cursor, name):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, t VARCHAR(200))")
    sent = [(i, f"{i}-" + "é漢"[i % 2] * (i % 150)) for i in range(10000)]
    assert sum(cursor.executemany(f"INSERT INTO {name} VALUES (?, ?)", sent)) == len(sent)
    cursor.execute(f"SELECT id, t FROM {name} ORDER BY id")
    assert [tuple(r) for r in cursor] == sent


def test_two_open_results_on_one_connection(connection, people):
    with connection.cursor() as a, connection.cursor() as b:
        a.execute(f"SELECT id FROM {people} ORDER BY id")
        b.execute(f"SELECT id FROM {people} ORDER BY id DESC")
        assert [(a.fetchone()[0], b.fetchone()[0]) for _ in range(5)] == [(1, 5), (2, 4), (3, 3), (4, 2), (5, 1)]


def test_statements_run_again_with_other_values(cursor, people):
    for i in (1, 5, 1, 99):
        cursor.execute(f"SELECT Name FROM {people} WHERE id = ?", [i])
        assert [r[0] for r in cursor.fetchall()] == ([f"P{i}"] if i < 6 else [])


def test_a_changed_table_makes_the_driver_prepare_again(cursor, people):
    cursor.execute(f"SELECT * FROM {people} WHERE id = ?", [1])
    assert len(cursor.fetchone()) == 3
    cursor.execute(f"ALTER TABLE {people} ADD COLUMN more INTEGER")
    cursor.execute(f"INSERT INTO {people} VALUES (?, ?, ?, ?)", [9, "P9", 1, 2])
    cursor.execute(f"SELECT id, more FROM {people} WHERE id = ?", [9])
    assert tuple(cursor.fetchone()) == (9, 2)


def test_row_counts_and_last_row_id(cursor, people):
    cursor.execute(f"INSERT INTO {people} VALUES (10, 'P10', NULL)")
    assert (cursor.rowcount, cursor.lastrowid) == (1, 6)
    cursor.execute(f"UPDATE {people} SET pay = pay + 1 WHERE id <= 3")
    assert cursor.rowcount == 3
    cursor.execute(f"DELETE FROM {people} WHERE id = 99")
    assert cursor.rowcount == 0
    assert cursor.executemany(f"UPDATE {people} SET pay = ? WHERE id = ?", [(1, 1), (2, 99), (3, 3)]) == (1, 0, 1)
    assert cursor.executemany(f"DELETE FROM {people} WHERE id = ?", [(1,), (2,)]) == (1, 1)


def test_direct_execution_needs_no_prepare(cursor, people):
    cursor.direct_execute(f"SELECT Name FROM {people} WHERE id = ?", [2])
    assert cursor.fetchall()[0][0] == "P2"
    cursor.direct_execute(f"UPDATE {people} SET pay = 0 WHERE id = ?", [2])
    assert cursor.rowcount == 1


def test_literals_and_comments_pass_the_drivers_parser(cursor, people):
    cursor.execute(f"SELECT TOP 2 id, 'it''s', -pay FROM {people} WHERE Name LIKE 'P%' AND id IN (1, 2, 3) /* c */ ORDER BY 1 DESC -- end")
    assert [(r[0], r[1], int(r[2])) for r in cursor.fetchall()] == [(3, "it's", -30), (2, "it's", -20)]
    cursor.execute(f"WITH p AS (SELECT id FROM {people}) SELECT COUNT(*) FROM p")
    assert cursor.fetchone()[0] == 5


def test_a_query_time_out(connection, cursor, people):
    cursor.setQueryTimeout(1)
    assert cursor.getQueryTimeout() == 1
    big = ", ".join(f"{people} t{i}" for i in range(14))
    with pytest.raises(of_profile(dbapi.OperationalError), match="-450"):
        cursor.execute(f"SELECT COUNT(*) FROM {big} WHERE t1.pay + t13.pay < 0")
        cursor.fetchall()
    cursor.setQueryTimeout(0)
    cursor.execute("SELECT 'x'")
    assert cursor.fetchone()[0] == "x"


def test_cursors_close(connection):
    cursor = connection.cursor()
    cursor.close()
    assert cursor.isClosed()
    with pytest.raises(dbapi.ProgrammingError, match="Cursor closed"):
        cursor.execute("SELECT 1")


def test_procedures(cursor, people):
    cursor.callproc("%SYSTEM.SQL_GetROWID")
    with pytest.raises(of_profile(dbapi.ProgrammingError), match="-428"):
        cursor.callproc("NoSuchProcedure", [1])
