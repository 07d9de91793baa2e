"""An irisdev of the tests' own, and connections to it by InterSystems' driver."""

import itertools
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import time

import pytest

HERE = pathlib.Path(__file__).resolve().parent
PROFILE = os.environ.get("PGWIRE_PROFILE", "documented")


class Instance:
    """A running irisdev: where it listens, and how to stop it."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.process = None

    def start(self, *args):
        ready = self.directory / "irisdev.json"
        ready.unlink(missing_ok=True)
        command = [binary(), "serve", "--dir", str(self.directory), "--port", "0", "--profile", PROFILE, *args,
                   *shlex.split(os.environ.get("IRISDEV_ARGS", ""))]
        self.log = open(self.directory.parent / "irisdev.log", "ab")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)
        for _ in range(1000):
            if ready.exists() and ready.read_text().strip().endswith("}"):
                self.host, port = json.loads(ready.read_text())["listen"].rsplit(":", 1)
                self.port = int(port)
                return self
            if self.process.poll() is not None:
                raise RuntimeError("irisdev ended: " + (self.directory.parent / "irisdev.log").read_text()[-2000:])
            time.sleep(0.01)
        raise RuntimeError("irisdev is not ready after 10 s")

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.log.close()
            self.process = None

    @property
    def login(self):
        return {"hostname": self.host, "port": self.port, "namespace": "USER", "username": "_SYSTEM", "password": "SYS"}


def binary():
    """The irisdev to test: of PGWIRE_BIN, else built here."""
    if folder := os.environ.get("PGWIRE_BIN"):
        return str(pathlib.Path(folder) / "irisdev")
    root = HERE.parents[2]
    go = shutil.which("go") or "/usr/local/go/bin/go"
    built = root / ".cache" / "irisdev"
    subprocess.run([go, "build", "-o", str(built), "./cmd/irisdev"], cwd=root / "go", check=True)
    return str(built)


@pytest.fixture(scope="session")
def instance(tmp_path_factory):
    folder = tmp_path_factory.mktemp("irisdev") / "data"
    folder.mkdir()
    running = Instance(folder).start()
    yield running
    running.stop()


_names = itertools.count(1)


@pytest.fixture
def name():
    """The name of a table or global that no other test has."""
    return f"T{next(_names)}"


@pytest.fixture
def connect(request, instance):
    """Makes connections by the driver that the test's module calls dbapi."""
    opened = []

    def do(**changed):
        opened.append(request.module.dbapi.connect(**{**instance.login, "sharedmemory": False, **changed}))
        return opened[-1]

    yield do
    for connection in opened:
        if not connection.isClosed():
            connection.close()


@pytest.fixture
def connection(connect):
    return connect()


@pytest.fixture
def cursor(connection):
    with connection.cursor() as cursor:
        yield cursor


@pytest.fixture
def people(cursor, name):
    cursor.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, Name VARCHAR(20) NOT NULL, pay NUMERIC(9,2))")
    cursor.executemany(f"INSERT INTO {name} VALUES (?, ?, ?)", [(i, f"P{i}", i * 10) for i in range(1, 6)])
    return name
