"""Random rows of random types, written by our client and read by InterSystems' driver, and the other way round: every value
must come out as it went in. CROSSED_ROWS and CROSSED_SEED change how many and which."""

import itertools
import json
import os
import pathlib
import shutil
import subprocess
import time

import pytest

import iris.dbapi as dbapi

import crossed

ROWS = int(os.environ.get("CROSSED_ROWS", 100000))
SEED = int(os.environ.get("CROSSED_SEED", time.time_ns() >> 20 & 0xFFFFFFFF))
ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """Our client's side, a program."""
    built = tmp_path_factory.mktemp("crossed") / "crossed"
    go = shutil.which("go") or "/usr/local/go/bin/go"
    subprocess.run([go, "build", "-o", str(built), "./internal/crossed"], cwd=ROOT / "go", check=True)
    return built


@pytest.mark.parametrize("writer", ["ours", "python"])
def test_rows_of_one_client_are_read_by_the_other(instance, ours, tmp_path, writer):
    print(f"CROSSED_SEED={SEED} CROSSED_ROWS={ROWS}")
    given = crossed.plan(SEED, ROWS)
    paths = {name: tmp_path / name for name in ("plan", "written", "read")}
    paths["plan"].write_text(json.dumps(given))

    def run_ours(out, *flags):
        subprocess.run([ours, "-iris", f"{instance.host}:{instance.port}", "-plan", paths["plan"], "-out", paths[out], *flags], check=True)

    def run_python(out, step):
        with open(paths[out], "w") as file:
            step(connection, given, file)

    with dbapi.connect(**instance.login, sharedmemory=False) as connection:
        with connection.cursor() as cursor:
            crossed.create(cursor, given["Tables"])
        if writer == "ours":
            run_ours("written", "-write")
            run_python("read", crossed.read)
        else:
            run_python("written", crossed.fill)
            run_ours("read")
        compare(given, paths["written"], paths["read"])
        with connection.cursor() as cursor:
            for t in given["Tables"]:
                cursor.execute(f"DROP TABLE {t['Name']}")


def compare(given, written, read):
    """Fails with the first row that differs."""
    declared = {t["Name"]: [c["Type"] for c in t["Columns"]] for t in given["Tables"]}
    rows = 0
    with open(written) as a, open(read) as b:
        for want, got in itertools.zip_longest(a, b, fillvalue=""):
            rows += 1
            if want == got:
                continue
            where, *want = want.rstrip("\n").split("|")
            back, *got = got.rstrip("\n").split("|")
            assert where == back, f"row {rows}"
            for kind, x, y in zip(declared[where.split()[0]], want, got):
                assert x == y, f"{where}, {kind}, seed {SEED}: written {x[:300]}, read {y[:300]}"
    assert rows == sum(t["Rows"] for t in given["Tables"])
