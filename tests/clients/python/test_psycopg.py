"""psycopg 3 against the gateway: every storage type through the driver's own Python values."""

import datetime as dt
import decimal
import json
import math
import os
import uuid

import psycopg
import pytest
from psycopg.types.json import Json, Jsonb

DSN = os.environ["PGWIRE_DSN"]
D = decimal.Decimal
UTC = dt.timezone.utc
LONG = "aé漢😀-" * ((1 << 20) // 11)

# type, values
TYPES = [
    ("boolean", [True, False]),
    ("smallint", [0, 1, -1, 32767, -32768]),
    ("integer", [0, 2147483647, -2147483648]),
    ("bigint", [0, 9223372036854775807, -9223372036854775807]),
    ("numeric(10,2)", [D("0.00"), D("-0.01"), D("99999999.99")]),
    ("numeric(18,4)", [D("12345678901234.5678"), D("-0.0001")]),
    ("real", [0.0, 1.5, -1.5, math.inf, -math.inf]),
    ("double precision", [0.1, 1.7976931348623157e308, 5e-324, math.inf, -math.inf]),
    ("text", ["", " ", "0", "1.0", "é", "漢字", "😀", "line\nbreak", "O'Reilly", "back\\slash", LONG]),
    ("varchar(20)", ["", "trailing ", "12345678901234567890"]),
    ("char(5)", ["abcde", "a    "]),
    ("bytea", [b"", b"\x00\xff", b"\x00\x01", bytes(range(256)), bytes(range(256)) * 4096]),
    ("date", [dt.date(2024, 2, 29), dt.date.min, dt.date.max]),
    ("time", [dt.time(0, 0), dt.time(23, 59, 59, 999999)]),
    ("timestamp", [dt.datetime(2024, 2, 29, 12, 34, 56, 789012), dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999999)]),
    ("timestamptz", [dt.datetime(2024, 2, 29, 12, 34, 56, 789012, UTC), dt.datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)]),
    ("uuid", [uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), uuid.UUID(int=0)]),
    ("json", [Json({"a": [1, 2.5, None], "b": "é😀"}), Json([])]),
    ("jsonb", [Jsonb({"a": 1}), Jsonb([True, None])]),
]


@pytest.fixture
def conn():
    with psycopg.connect(DSN, connect_timeout=10, autocommit=True) as c:
        c.execute("SET statement_timeout = '60s'")
        yield c


def plain(v):
    return v.obj if isinstance(v, (Json, Jsonb)) else v


@pytest.mark.parametrize("binary", [False, True], ids=["text", "binary"])
@pytest.mark.parametrize("typ,values", TYPES, ids=[t for t, _ in TYPES])
def test_values_come_back_unchanged(conn, typ, values, binary):
    conn.execute("DROP TABLE IF EXISTS py_rt")
    conn.execute(f"CREATE TABLE py_rt (id integer PRIMARY KEY, v {typ})")
    mark = "%b" if binary and typ not in ("json", "jsonb", "char(5)") else "%s"
    everything = [None, *values]
    for i, v in enumerate(everything):
        conn.execute(f"INSERT INTO py_rt VALUES (%s, {mark})", (i, v))
    got = conn.cursor(binary=binary).execute("SELECT v FROM py_rt ORDER BY id").fetchall()
    assert [row[0] for row in got] == [plain(v) for v in everything]
    conn.execute("DROP TABLE py_rt")


def cell(k, r):
    """Column k's value in row r; every seventh one or so is NULL. The longest values have their test above."""
    values = [v for v in TYPES[k][1] if not (isinstance(v, (str, bytes)) and len(v) > 1000)]
    return None if (r + k) % 7 == 0 else values[(r + k) % len(values)]


def test_a_thousand_rows_of_every_type(conn):
    conn.execute("DROP TABLE IF EXISTS py_rows")
    conn.execute(f"CREATE TABLE py_rows (id integer PRIMARY KEY, {', '.join(f'c{k} {typ}' for k, (typ, _) in enumerate(TYPES))})")
    rows = [(r, *(cell(k, r) for k in range(len(TYPES)))) for r in range(1000)]
    with conn.transaction(), conn.cursor() as cur:
        cur.executemany(f"INSERT INTO py_rows VALUES (%s{', %s' * len(TYPES)})", rows)
    want = [tuple(plain(v) for v in row) for row in rows]
    for binary in (False, True):
        assert conn.cursor(binary=binary).execute("SELECT * FROM py_rows ORDER BY id").fetchall() == want
    conn.execute("DROP TABLE py_rows")


@pytest.mark.parametrize(
    "typ,value,state",
    [
        ("integer", "2147483648", "22003"),
        ("numeric(5,2)", "1000.00", "22003"),
        ("varchar(3)", "abcd", "22001"),
        ("date", "infinity", "22008"),
        ("integer", "abc", "22P02"),
        ("integer NOT NULL", None, "23502"),
    ],
)
def test_what_cannot_be_held_is_refused(conn, typ, value, state):
    if state == "22008" and "PGWIRE_ORACLE" in os.environ:
        pytest.skip("PostgreSQL can hold it")
    conn.execute("DROP TABLE IF EXISTS py_refused")
    conn.execute(f"CREATE TABLE py_refused (v {typ})")
    with pytest.raises(psycopg.Error) as failure:
        conn.execute("INSERT INTO py_refused VALUES (%t)", (value,))
    assert failure.value.sqlstate == state
    assert conn.execute("SELECT count(*) FROM py_refused").fetchone() == (0,)
    conn.execute("DROP TABLE py_refused")


def test_transactions_and_savepoints(conn):
    conn.execute("DROP TABLE IF EXISTS py_tx")
    conn.execute("CREATE TABLE py_tx (id integer PRIMARY KEY)")
    with conn.transaction():
        conn.execute("INSERT INTO py_tx VALUES (1)")
        with pytest.raises(psycopg.errors.UniqueViolation), conn.transaction():
            conn.execute("INSERT INTO py_tx VALUES (1)")
        conn.execute("INSERT INTO py_tx VALUES (2)")
    with pytest.raises(ZeroDivisionError), conn.transaction():
        conn.execute("INSERT INTO py_tx VALUES (3)")
        raise ZeroDivisionError
    assert conn.execute("SELECT id FROM py_tx ORDER BY id").fetchall() == [(1,), (2,)]
    conn.execute("DROP TABLE py_tx")


def test_a_cursor_of_the_server(conn):
    with conn.transaction(), conn.cursor("c") as cur:
        cur.execute("SELECT id FROM film ORDER BY id") if "PGWIRE_ORACLE" not in os.environ else cur.execute("SELECT g FROM generate_series(1, 3200) g")
        first = cur.fetchmany(10)
        rest = cur.fetchall()
    assert len(first) == 10 and len(first) + len(rest) == 3200


def test_vectors(conn):
    if "PGWIRE_ORACLE" in os.environ:
        pytest.skip("the oracle has no pgvector")
    for n in (3, 384, 1536, 4096):
        conn.execute("DROP TABLE IF EXISTS py_vec")
        conn.execute(f"CREATE TABLE py_vec (id integer PRIMARY KEY, v vector({n}))")
        one = [((i * 7) % 13 - 6) / 4 for i in range(n)]
        text = json.dumps(one).replace(" ", "")
        conn.execute("INSERT INTO py_vec VALUES (1, %s), (2, NULL)", (text,))
        assert conn.execute("SELECT v FROM py_vec WHERE id = 1").fetchone()[0] == "[" + ",".join(f"{x:g}" for x in one) + "]"
        inner = conn.execute("SELECT v <#> %s FROM py_vec WHERE id = 1", (text,)).fetchone()[0]
        assert inner == pytest.approx(-sum(x * x for x in one))
        with pytest.raises(psycopg.Error) as failure:
            conn.execute("INSERT INTO py_vec VALUES (3, %s)", ("[1,2]",))
        assert failure.value.sqlstate == "22000"
        conn.execute("DROP TABLE py_vec")
