"""The recorded scenario for InterSystems' Python drivers: "native" is intersystems-irispython, "pure" the pure-Python driver."""

import decimal
import os
import socket
import sys

if sys.argv[1] == "native":
    import iris as api
    import iris.dbapi as dbapi
else:
    import intersystems_iris as api
    import intersystems_iris.dbapi._DBAPI as dbapi

host, port = os.environ["IRISDEV_ADDRESS"].rsplit(":", 1)
step_host, step_port = os.environ["RECORD_STEPS"].rsplit(":", 1)
steps = socket.create_connection((step_host, int(step_port)))


def step(name):
    steps.sendall(name.encode() + b"\n")
    steps.recv(1)


def connect(password):
    return dbapi.connect(hostname=host, port=int(port), namespace="USER", username="_SYSTEM", password=password, sharedmemory=False)


def refused(do, *args):
    try:
        do(*args)
    except Exception:
        return
    raise AssertionError("not refused")


COLUMNS = "Id, KSmall, KBig, KBit, KNumeric, KDouble, KText, KUnicode, KBinary, KDate, KTime, KStamp"
INSERT = f"INSERT INTO Rec.Kinds ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
KINDS = [1, -32768, 9007199254740993, 1, decimal.Decimal("12345.67"), 0.1, "h\u00e9llo", "\u6f22 \U0001f600", bytes([0, 255, 65]),
         "2024-02-29", "13:14:15", "2024-02-29 13:14:15.123"]

step("refused login")
refused(connect, "wrong")

step("connect")
connection = connect("SYS")
cursor = connection.cursor()

step("select 1")
cursor.execute("SELECT 1")
cursor.fetchall()

step("create")
cursor.execute("CREATE TABLE Rec.Kinds (Id INTEGER PRIMARY KEY, KSmall SMALLINT, KBig BIGINT, KBit BIT, KNumeric NUMERIC(10,2), "
               "KDouble DOUBLE, KText VARCHAR(50), KUnicode VARCHAR(50), KBinary VARBINARY(50), KDate DATE, KTime TIME, KStamp TIMESTAMP)")
cursor.execute("CREATE TABLE Rec.Many (Id INTEGER PRIMARY KEY, T VARCHAR(3000))")
cursor.execute("CREATE TABLE Rec.Streams (Id INTEGER PRIMARY KEY, T LONGVARCHAR, B LONGVARBINARY)")

step("insert")
cursor.execute(INSERT, KINDS)

step("insert again")
cursor.execute(INSERT, [2, None, None, None, None, None, "", None, None, None, None, None])

step("query")
cursor.execute(f"SELECT {COLUMNS} FROM Rec.Kinds WHERE Id > ? ORDER BY Id", [0])
cursor.fetchall()

step("batch")
cursor.executemany("INSERT INTO Rec.Many (Id, T) VALUES (?, ?)", [[i, "x" * 3000] for i in range(1, 21)])

step("fetch")
cursor.execute("SELECT Id, T FROM Rec.Many ORDER BY Id")
assert len(cursor.fetchall()) == 20

step("abandon")
other = connection.cursor()
other.execute("SELECT Id, T FROM Rec.Many ORDER BY Id")
other.fetchone()
other.close()

step("no table")
refused(cursor.execute, "SELECT * FROM Rec.Nope")

step("duplicate key")
refused(cursor.execute, "INSERT INTO Rec.Many (Id, T) VALUES (?, ?)", [1, "y"])

step("commit")
connection.setAutoCommit(False)
cursor.execute("INSERT INTO Rec.Many (Id, T) VALUES (?, ?)", [21, "y"])
connection.commit()

step("rollback")
cursor.execute("INSERT INTO Rec.Many (Id, T) VALUES (?, ?)", [22, "y"])
connection.rollback()
connection.setAutoCommit(True)

step("write streams")
cursor.execute("INSERT INTO Rec.Streams (Id, T, B) VALUES (?, ?, ?)", [1, "\u0416" + "x" * 1100000, b"\x00\xff" * 550000])

step("read streams")
cursor.execute("SELECT T, B FROM Rec.Streams")
cursor.fetchall()

native = api.createIRIS(connection)

step("native set")
native.set("\u00e9", "RecGlobal", 1, "a")
native.set(42, "RecGlobal", 2)

step("native get")
assert native.get("RecGlobal", 1, "a") == "\u00e9"
assert native.get("RecGlobal", 2) == 42
assert native.get("RecGlobal", 3) is None

step("native data")
assert native.isDefined("RecGlobal", 1) == 10

step("native increment")
assert native.increment(3, "RecGlobal", "n") == 3

step("native lock")
native.lock("", 1, "^RecGlobal")
native.unlock("", "^RecGlobal")

step("native class method")
native.classMethodValue("%SYSTEM.Version", "GetNumber")

step("native error")
refused(native.classMethodValue, "No.Such.Class", "Method", 1, "a")

step("native kill")
native.kill("RecGlobal")

step("disconnect")
connection.close()
sys.stdout.flush()
os._exit(0)  # the native driver ends in a segmentation fault when Python takes its objects apart at the end
