"""InterSystems' DB-API driver in scripts/bench iris: each line "case seconds" is answered with "units seconds"."""

import datetime as dt
import decimal
import os
import sys
import time

import iris.dbapi as dbapi

HOST, PORT = os.environ["BENCH_ADDRESS"].rsplit(":", 1)
ROWS, INSERTS, BATCH = (int(os.environ["BENCH_" + name]) for name in ("ROWS", "INSERTS", "BATCH"))
VECTOR = os.environ["BENCH_VECTOR"]


def sql(key):
    return os.environ["BENCH_SQL_" + key]


def row(i):
    day = dt.date(1950, 1, 1) + dt.timedelta(days=i % 20000)
    return [i, i % 30000, i * 1000003, decimal.Decimal(i * 7).scaleb(-2), i / 7, f"name of row {i}", f"Žilina {i % 100}",
            day.isoformat(), f"{day} 12:34:56", i % 2 == 0]


def read(cursor, text, *args):
    cursor.execute(text, list(args))
    return len(cursor.fetchall())


def insert(cursor):
    for i in range(1, INSERTS + 1):
        cursor.execute(sql("insert"), row(i))
    return INSERTS


def batch(cursor):
    for start in range(1, INSERTS + 1, BATCH):
        cursor.executemany(sql("batch"), [row(i) for i in range(start, start + BATCH)])
    return INSERTS


CASES = {
    "select1": lambda cursor, n: read(cursor, sql("select1")),
    "point": lambda cursor, n: read(cursor, sql("point"), 1 + n * 7919 % ROWS),
    "rows": lambda cursor, n: read(cursor, sql("rows")),
    "insert": lambda cursor, n: insert(cursor),
    "batch": lambda cursor, n: batch(cursor),
    "vector": lambda cursor, n: read(cursor, sql("vector"), VECTOR),
}


def measure(connection, key, limit):
    """Repeats a case on one cursor until it has taken that long."""
    units = spent = n = 0
    with connection.cursor() as cursor:
        while spent < limit:
            if key in ("insert", "batch"):
                cursor.execute("TRUNCATE TABLE Bench.Empty")
            begun = time.perf_counter()
            units += CASES[key](cursor, n)
            spent += time.perf_counter() - begun
            n += 1
    return units, spent


if __name__ == "__main__":
    with dbapi.connect(hostname=HOST, port=int(PORT), namespace="USER", username="_SYSTEM", password="SYS", sharedmemory=False) as opened:
        for line in sys.stdin:
            case, seconds = line.split()
            print(*measure(opened, case, float(seconds)), flush=True)
