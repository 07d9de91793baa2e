"""InterSystems' DB-API driver (iris.dbapi) against irisdev: connections, cursors, values, transactions, errors."""

import datetime as dt
import decimal
import math

import pytest

iris = pytest.importorskip("iris")
import iris.dbapi as dbapi

from conftest import PROFILE

D = decimal.Decimal


@pytest.fixture
def connect(instance):
    opened = []

    def do(**changed):
        connection = dbapi.connect(**{**instance.login, "sharedmemory": False, **changed})
        opened.append(connection)
        return connection

    yield do
    for connection in opened:
        connection.close()


@pytest.fixture
def connection(connect):
    return connect()


@pytest.fixture
def cursor(connection):
    with connection.cursor() as cursor:
        yield cursor


# column type, values
TYPES = [
    ("INTEGER", [0, 1, -1, 255, 256, 65535, 65536, 2147483647, -2147483648]),
    ("BIGINT", [0, 9223372036854775807, -9223372036854775807]),
    ("SMALLINT", [0, 32767, -32768]),
    ("TINYINT", [0, 127, -128]),
    ("BIT", [0, 1]),
    ("NUMERIC(10,2)", [D("0"), D("-0.01"), D("1.50"), D("99999999.99")]),
    ("NUMERIC(18,4)", [D("12345678901234.5678"), D("-0.0001")]),
    ("NUMERIC(18,0)", [D("922337203685477580")]),
    ("DOUBLE", [0.0, 0.1, -1.5, 1e-5, 123456789.125, 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324]),
    ("VARCHAR(300)", ["", " ", "0", "1.0", "a  ", "O'Reilly", "line\nbreak", "tab\t", "\x01", "x" * 253, "x" * 254, "x" * 300]),
    ("VARCHAR(100)", ["é", "ÿ\x80\xa0", "漢字", "Ω≈", "😀a😀"]),
    ("VARCHAR(100000)", ["x" * 65535, "x" * 65536, "é" * 70000, "漢" * 70000]),
    ("VARBINARY(2000)", [b"\x00", b"\x00\xff", b"\x01", bytes(range(256)), bytes(range(256)) * 7]),
    ("DATE", [dt.date(2024, 2, 29), dt.date(1970, 1, 1), dt.date(1841, 1, 1), dt.date(9999, 12, 31)]),
    ("TIME", [dt.time(0, 0), dt.time(13, 14, 15), dt.time(23, 59, 59)]),
    ("TIMESTAMP", [dt.datetime(2024, 2, 29, 12, 34, 56), dt.datetime(2024, 2, 29, 12, 34, 56, 789000),
                   dt.datetime(1969, 12, 31, 23, 59, 59), dt.datetime(9999, 12, 31, 23, 59, 59)]),
]


@pytest.mark.parametrize("declared,values", TYPES, ids=[f"{t}-{i}" for i, (t, _) in enumerate(TYPES)])
def test_values_come_back_as_they_were_sent(cursor, name, declared, values):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, v {declared})")
    sent = [None, *values]
    for i, v in enumerate(sent):
        cursor.execute(f"INSERT INTO {name} (id, v) VALUES (?, ?)", [i, v])
    cursor.execute(f"SELECT v FROM {name} ORDER BY id")
    got = [row[0] for row in cursor.fetchall()]
    assert got == sent
    assert [type(g) for g in got] == [type(s) for s in sent]
