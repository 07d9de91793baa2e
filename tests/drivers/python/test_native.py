"""InterSystems' native API for Python (iris.createIRIS) against irisdev: globals, locks, transactions, class methods."""

import decimal

import pytest

import iris

LIMIT = 3641144  # characters of the longest string of IRIS


@pytest.fixture
def connect(instance):
    opened = []

    def do():
        opened.append(iris.connect(**instance.login, sharedmemory=False))
        return iris.createIRIS(opened[-1])

    yield do
    for connection in opened:
        connection.close()


@pytest.fixture
def native(connect):
    return connect()


def test_a_refused_login_is_an_error(instance):
    with pytest.raises(RuntimeError, match="Access Denied"):
        iris.connect(**{**instance.login, "password": "wrong"})


VALUES = [0, 1, -1, 255, 65536, 2**62, -(2**63) + 1, 1.5, -0.25, "x", "", "é", "ÿ\x80", "漢字", "😀a", "x" * 253, "x" * 254, "x" * 65536, "漢" * 70000, "x" * LIMIT]


@pytest.mark.parametrize("value", VALUES, ids=[ascii(v)[:20] for v in VALUES])
def test_globals_keep_values(native, name, value):
    native.set(value, name, 1)
    got = native.getString(name, 1)
    assert got == str(value).replace("-0.", "-.")  # canonical numbers have no zero before the point
    if not isinstance(value, str):
        assert native.get(name, 1) == value


def test_globals_keep_bytes_decimals_and_lists(native, name):
    native.set(bytes(range(256)), name)
    assert native.getBytes(name) == bytes(range(256))
    native.set(decimal.Decimal("12345678901234.5678"), name)
    assert native.getDecimal(name) == decimal.Decimal("12345678901234.5678")
    sent = iris.IRISList()
    for element in (1, "a", 1.5, "漢"):
        sent.add(element)
    native.set(sent, name)
    got = native.getIRISList(name)
    assert [got.get(i) for i in range(1, 5)] == [1, "a", 1.5, "漢"]


def test_none_is_the_empty_string_and_a_missing_node_is_none(native, name):
    native.set(None, name, 1)
    assert native.get(name, 1) == ""
    assert native.get(name, 2) is None


def test_a_string_over_the_limit_is_refused(native, name):
    with pytest.raises(RuntimeError, match="MAXSTRING"):
        native.set("x" * (LIMIT + 1), name, 1)
    assert native.get(name, 1) is None


def test_defined_kill_and_increment(native, name):
    native.set(1, name, "a", "b")
    assert [native.isDefined(name), native.isDefined(name, "a"), native.isDefined(name, "a", "b"), native.isDefined(name, "c")] == [10, 10, 1, 0]
    native.set(1, name, "a")
    assert native.isDefined(name, "a") == 11
    assert [native.increment(5, name, "n"), native.increment(-1.5, name, "n")] == [5, 3.5]
    native.kill(name, "a")
    assert [native.isDefined(name, "a", "b"), native.isDefined(name, "n")] == [0, 1]
    native.kill(name)
    assert native.isDefined(name) == 0


def test_nodes_are_in_the_order_of_the_iris_collation(native, name):
    subscripts = [10, 9, -1, 2.5, "b", "a", "B", "é", "10a"]
    for s in subscripts:
        native.set(f"v{s}", name, s)
    expected = ["-1", "2.5", "9", "10", "10a", "B", "a", "b", "é"]
    node = native.node(name)
    assert [str(s) for s in node.subscripts()] == expected
    assert [(str(s), v) for s, v in reversed(node.items())] == [(s, f"v{s}") for s in reversed(expected)]
    assert str(native.nextSubscript(False, name, "9")) == "10"
    assert str(native.nextSubscript(True, name, "9")) == "2.5"


def test_an_empty_subscript_is_refused(native, name):
    for do in (lambda: native.get(name, ""), lambda: native.set(1, name, "")):
        with pytest.raises(RuntimeError, match="<SUBSCRIPT>"):
            do()


def test_transactions_nest(native, name):
    native.tStart()
    native.set("outer", name)
    native.tStart()
    assert native.getTLevel() == 2
    native.set("inner", name)
    native.tRollbackOne()
    assert (native.getTLevel(), native.get(name)) == (1, "outer")
    native.tCommit()
    assert (native.getTLevel(), native.get(name)) == (0, "outer")
    native.tStart()
    native.kill(name)
    native.tRollback()
    assert (native.getTLevel(), native.get(name)) == (0, "outer")


def test_locks_exclude_other_connections(connect, name):
    mine, other = connect(), connect()
    mine.lock("", 1, name, 1)
    with pytest.raises(RuntimeError):
        other.lock("", 0, name, 1)
    other.lock("", 0, name, 2)
    mine.unlock("", name, 1)
    other.lock("", 0, name, 1)
    other.releaseAllLocks()
    mine.lock("S", 0, name, 1)
    other.lock("S", 0, name, 1)
    mine.releaseAllLocks()
    other.releaseAllLocks()


def test_globals_and_sql_share_the_process(connect, instance, name):
    connection = iris.connect(**instance.login, sharedmemory=False)
    native, cursor = iris.createIRIS(connection), connection.cursor()
    cursor.execute(f"CREATE TABLE {name} (id INTEGER)")
    connection.setAutoCommit(False)
    cursor.execute(f"INSERT INTO {name} VALUES (1)")
    assert native.getTLevel() > 0
    connection.rollback()
    assert native.getTLevel() == 0
    connection.close()


def test_version_of_the_server(native):
    assert native.classMethodValue("%SYSTEM.Version", "GetNumber").startswith("2025.1")


def test_unknown_classes_and_routines_are_refused(native):
    for call in (native.classMethodValue, native.classMethodVoid, native.classMethodString, native.classMethodObject):
        with pytest.raises(RuntimeError, match="<CLASS DOES NOT EXIST>"):
            call("No.Such.Class", "Method", 1, "a")
    for call in (native.function, native.procedure):
        with pytest.raises(RuntimeError, match="<FUNCTION>"):
            call("entry", "routine")
