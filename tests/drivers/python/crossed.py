"""Random rows of random types, and the canonical text of a row, for test_crossed.py. Our client's side has the same rules in
Go (go/internal/crossed), written apart."""

import datetime as dt
import decimal
import math
import random
import struct

# kind, type, size, scale; {n} and {s} are random
KINDS = [
    ("bit", "BIT"), ("tinyint", "TINYINT"), ("smallint", "SMALLINT"), ("integer", "INTEGER"), ("bigint", "BIGINT"),
    ("numeric", "NUMERIC({n},{s})"), ("double", "DOUBLE"), ("text", "VARCHAR({n})"), ("text", "VARCHAR({n}) COLLATE EXACT"),
    ("binary", "VARBINARY({n})"), ("date", "DATE"), ("time", "TIME(6)"), ("timestamp", "TIMESTAMP"), ("timestamp", "POSIXTIME"),
    ("guid", "UNIQUEIDENTIFIER"), ("vector", "VECTOR(DOUBLE, {n})"),
]
STREAMS = [("text", "LONGVARCHAR"), ("binary", "LONGVARBINARY")]
SIZES = {"numeric": [1, 9, 15, 18, 19], "text": [1, 40, 300, 3000, 70000], "binary": [1, 40, 300, 70000], "vector": [1, 3, 20]}
CHARACTER = {"text": 70000, "binary": 70000}


def plan(seed, rows, tables=20):
    """Tables whose columns are random; one has streams."""
    r = random.Random(seed)
    out = []
    for number in range(tables):
        columns = [column(r, number, i) for i in range(r.randint(5, 11))]
        out.append({"Name": f"Crossed.T{number}", "Rows": rows // tables, "Columns": columns})
    streams = [{"Name": f"C{i}", "Kind": kind, "Type": declared, "Size": CHARACTER[kind], "Scale": 0} for i, (kind, declared) in enumerate(STREAMS)]
    out.append({"Name": "Crossed.Streams", "Rows": max(1, rows // 500), "Columns": streams})
    return {"Seed": seed, "Tables": out}


def column(r, table, i):
    # Every kind comes at least once, whatever the seed.
    kind, declared = KINDS[table] if i == 0 and table < len(KINDS) else r.choice(KINDS)
    size = r.choice(SIZES.get(kind, [0]))
    scale = r.randint(0, min(size, 18)) if kind == "numeric" else 0
    return {"Name": f"C{i}", "Kind": kind, "Type": declared.format(n=size, s=scale), "Size": size, "Scale": scale}


def create(cursor, tables):
    for t in tables:
        cursor.execute(f"DROP TABLE IF EXISTS {t['Name']}")
        cursor.execute(f"CREATE TABLE {t['Name']} (Id INTEGER PRIMARY KEY, " + ", ".join(f"{c['Name']} {c['Type']}" for c in t["Columns"]) + ")")


def fill(connection, given, out):
    """Writes the rows of a plan, and a line for each."""
    with connection.cursor() as cursor:
        for number, t in enumerate(given["Tables"]):
            r = random.Random(f"{given['Seed']}/{number}")
            holes = ["?"] + [f"TO_VECTOR(?, DOUBLE, {c['Size']})" if c["Kind"] == "vector" else "?" for c in t["Columns"]]
            insert = f"INSERT INTO {t['Name']} VALUES ({', '.join(holes)})"
            for start in range(1, t["Rows"] + 1, 500):
                rows = []
                for row in range(start, min(start + 500, t["Rows"] + 1)):
                    values = [make(r, c) for c in t["Columns"]]
                    out.write(line(t, row, values))
                    rows.append([row, *map(sent, t["Columns"], values)])
                cursor.executemany(insert, rows)


def read(connection, given, out):
    """Reads the rows of a plan and writes a line for each."""
    with connection.cursor() as cursor:
        for t in given["Tables"]:
            cursor.execute(f"SELECT * FROM {t['Name']} ORDER BY Id")
            while rows := cursor.fetchmany(500):
                for row in rows:
                    out.write(line(t, row[0], [received(c, v) for c, v in zip(t["Columns"], row[1:])]))


def line(t, row, values):
    return f"{t['Name']} {row}|" + "|".join(canonical(c, v) for c, v in zip(t["Columns"], values)) + "\n"


# ---- values

def make(r, c):
    if r.random() < 0.1:
        return None
    return MAKERS[c["Kind"]](r, c)


def integer(low, high):
    def one(r, _):
        choice = r.randrange(4)
        if choice == 0:
            return r.choice([low, high, max(low, -1), 0, 1])
        if choice == 1:
            return max(low, min(high, r.choice([1, -1]) * ((1 << 8 * r.randrange(8)) + r.randint(-1, 1))))
        return r.randint(low, high)
    return one


def numeric(r, c):
    limit = min(10 ** c["Size"] - 1, 2 ** 63 - 1)
    n = r.choice([0, 1, limit, r.randint(0, limit), r.randint(0, limit), r.randint(0, limit) // 10 ** r.randrange(c["Size"])])
    with decimal.localcontext(prec=40):
        return decimal.Decimal(r.choice([1, -1]) * n).scaleb(-c["Scale"])


SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.1, 1.5, 2.0 ** 53, 2.0 ** 53 + 2, 1.7976931348623157e308, -1.7976931348623157e308, 5e-324, -5e-324,
           2.2250738585072014e-308, 2.225073858507201e-308, math.inf, -math.inf, math.nan, math.pi, 1e22, 1e-7]


def double(r, _):
    choice = r.randrange(4)
    if choice == 0:
        return r.choice(SPECIAL)
    if choice == 1:  # a single
        return struct.unpack("<f", struct.pack("<I", r.getrandbits(32) & ~0x800000))[0]
    bits = r.getrandbits(64)
    if choice == 2:  # a denormal
        bits &= 0x800FFFFFFFFFFFFF
    f = struct.unpack("<d", struct.pack("<Q", bits))[0]
    return 0.5 if math.isnan(f) else f


TEXTS = ["", " ", "0", "-0", "1.0", "007", "1E3", ".5", "NULL", "a  ", "  a", "O'Reilly", '"', "?", "%", "\t\r\n", "\x01", "a\x00b", "\x7f\x80", "ÿ",
         "\xa0", "é", "Ж", "漢字", "😀", "😀a😀", "\ufffd\uffff", "\u2028", "0001-01-01", "{fn NOW()}", "5@%Stream.GlobalCharacter"]
ALPHABETS = [(32, 126), (1, 0x7F), (0x80, 0xFF), (1, 0xFF), (1, 0xFFF), (0xE000, 0xFFFF), (0x4E00, 0x9FFF), (0x10000, 0x10FFFF), (1, 0x10FFFF)]


def units(s):
    return len(s.encode("utf-16-le")) // 2


def length(r, size):
    choice = r.randrange(20)
    if choice == 0:
        return min(size, r.randint(250, 259))
    if choice == 1:
        return min(size, r.randint(65530, 65539) if r.randrange(50) == 0 else r.randrange(2000))
    return r.randint(0, min(size, 40))


def text(r, c):
    s = r.choice(TEXTS)
    handle = "@" in s and c["Type"] == "LONGVARCHAR"  # the driver sends short texts as they are, and this one names a stream
    if r.randrange(3) == 0 and units(s) <= c["Size"] and not handle:
        return s
    low, high = r.choice(ALPHABETS)
    n = length(r, c["Size"]) // (2 if high > 0xFFFF else 1)
    return "".join("x" if 0xD800 <= code < 0xE000 else chr(code) for code in (r.randint(low, high) for _ in range(n)))


def binary(r, c):
    b = bytearray(r.randbytes(length(r, c["Size"])))
    for i in range(len(b)):
        if r.randrange(8) == 0:
            b[i] = 0
    return b"\x01" if bytes(b) == b"\x00" else bytes(b)  # one zero byte is the wire's empty string


def guid(r, _):
    h = f"{r.getrandbits(128):032x}"
    return "-".join([h[:8], h[8:12], h[12:16], h[16:20], h[20:]])


def moment(first, last):
    def one(r, _):
        span = int((last - first).total_seconds())
        t = first + dt.timedelta(seconds=r.randint(0, span - 1), microseconds=r.randrange(10 ** 6))
        return r.choice([t, t.replace(microsecond=0), t.replace(microsecond=t.microsecond // 1000 * 1000), first, last, dt.datetime(1970, 1, 1),
                         dt.datetime(1969, 12, 31, 23, 59, 59, 999999), dt.datetime(2024, 2, 29)])
    return one


LAST = dt.datetime(9999, 12, 31, 23, 59, 59, 999999)
TIMESTAMP = moment(dt.datetime(1, 1, 1), LAST)
DATE = moment(dt.datetime(1840, 12, 31), LAST)  # where DATE begins by default


def vector(r, c):
    def element():
        f = (r.random() - 0.5) * 10.0 ** r.randint(-15, 14)
        return r.choice([f, f, struct.unpack("<f", struct.pack("<f", f))[0], float(r.randint(-1000, 999))])
    return [element() for _ in range(c["Size"])]


MAKERS = {
    "bit": integer(0, 1), "tinyint": integer(-128, 127), "smallint": integer(-2 ** 15, 2 ** 15 - 1), "integer": integer(-2 ** 31, 2 ** 31 - 1),
    "bigint": integer(1 - 2 ** 63, 2 ** 63 - 1), "numeric": numeric, "double": double, "text": text, "binary": binary, "guid": guid, "vector": vector,
    "date": lambda r, c: DATE(r, c).date(), "time": lambda r, c: TIMESTAMP(r, c).time(), "timestamp": TIMESTAMP,
}


def sent(c, v):
    """A value as the driver takes it."""
    if v is None:
        return None
    if c["Kind"] in ("date", "time", "timestamp"):
        return canonical(c, v)
    if c["Kind"] == "vector":
        return ",".join(format(decimal.Decimal(repr(f)), "f") for f in v)
    return v


def received(c, v):
    """A value as the driver gives it, in the type that make has: moments and numerics may be texts."""
    if v is None:
        return None
    kind = c["Kind"]
    if kind == "vector":
        return [float(f) for f in v.strip("[]").split(",")]  # the profile contrary has brackets and blanks
    if kind == "numeric":
        return decimal.Decimal(v)
    if kind == "guid":  # a uuid.UUID
        return str(v)
    if isinstance(v, str) and kind in ("date", "time", "timestamp"):
        return {"date": dt.date, "time": dt.time, "timestamp": dt.datetime}[kind].fromisoformat(padded(v))
    return v


def padded(v):
    """A text of a moment with all six digits of its fraction."""
    whole, dot, fraction = v.partition(".")
    return whole + dot + fraction.ljust(6, "0") if dot else v


# ---- the canonical text

def canonical(c, v):
    return "-" if v is None else CANONICAL[c["Kind"]](v)


def bits(f):
    if not isinstance(f, float):
        raise TypeError(f"{f!r} is no double")
    return "nan" if math.isnan(f) else struct.pack(">d", f).hex()


def quoted(s):
    data = s.encode("utf-16-be", "surrogatepass")
    out = []
    for i in range(0, len(data), 2):
        unit = data[i] << 8 | data[i + 1]
        out.append(chr(unit) if 32 <= unit <= 126 and chr(unit) not in '"\\|' else f"\\{unit:04x}")
    return '"' + "".join(out) + '"'


def digits(d):
    s = format(d, "f")
    if "." in s:
        s = s.rstrip("0").rstrip(".")
    return "0" if s in ("", "-0") else s


def clock(t):
    return f"{t.hour:02}:{t.minute:02}:{t.second:02}.{t.microsecond:06}"


def day(d):
    return f"{d.year:04}-{d.month:02}-{d.day:02}"


CANONICAL = {
    **{kind: lambda v: str(int(v)) for kind in ("bit", "tinyint", "smallint", "integer", "bigint")},
    "numeric": digits, "double": bits, "text": quoted, "guid": quoted, "binary": lambda v: "x" + bytes(v).hex(), "date": day, "time": clock,
    "timestamp": lambda v: day(v) + " " + clock(v), "vector": lambda v: ",".join(map(bits, v)),
}
