"""SQLAlchemy by sqlalchemy-iris, whose wheel holds the pure-Python driver, against irisdev: DDL, reflection, ORM, values."""

import datetime as dt
import decimal

import pytest

import sqlalchemy as sa
from sqlalchemy import orm

from conftest import PROFILE

D = decimal.Decimal


# Where the server sends NUMERIC as a text, the driver gives a text; where a reply's status is the SQLCODE with its sign, it
# does not know the class of an error.
BROKEN_RULE = sa.exc.IntegrityError if PROFILE == "documented" else sa.exc.DatabaseError


def number(got):
    """A NUMERIC as the driver gives it, as a number."""
    return D(got) if isinstance(got, str) else got


@pytest.fixture(scope="module")
def engine(instance):
    engine = sa.create_engine(f"iris://_SYSTEM:SYS@{instance.host}:{instance.port}/USER")
    yield engine
    engine.dispose()


@pytest.fixture
def metadata(engine):
    metadata = sa.MetaData()
    yield metadata
    metadata.drop_all(engine)


def test_connect(engine):
    with engine.connect() as connection:
        assert engine.dialect.server_version_info >= (2025, 1)
        assert engine.dialect.supports_vectors
        assert connection.execute(sa.text("SELECT 'x'")).scalar() == "x"


def test_a_wrong_password(instance):
    wrong = sa.create_engine(f"iris://_SYSTEM:no@{instance.host}:{instance.port}/USER")
    with pytest.raises(Exception, match="Access Denied"):
        wrong.connect()


# type, values, what reflection finds
COLUMNS = [
    ("i", sa.Integer, [0, -2147483648, 2147483647], "INTEGER"),
    ("big", sa.BigInteger, [0, -9223372036854775807, 9223372036854775807], "BIGINT"),
    ("small", sa.SmallInteger, [0, -32768, 32767], "SMALLINT"),
    ("n", sa.Numeric(12, 3), [D("0.000"), D("-1.500"), D("123456789.125")], "NUMERIC"),
    ("f", sa.Double, [0.0, 0.1, -1e300], "DOUBLE"),
    ("s", sa.String(40), ["", "O'Reilly", "é漢😀"], "VARCHAR"),
    ("bool", sa.Boolean, [True, False, True], "BIT"),
    ("d", sa.Date, [dt.date(2024, 2, 29), dt.date(1970, 1, 1), dt.date(9999, 12, 31)], "DATE"),
    ("t", sa.Time, [dt.time(0, 0), dt.time(13, 14, 15), dt.time(23, 59, 59)], "IRISTime"),
    ("ts", sa.DateTime, [dt.datetime(2024, 2, 29, 1, 2, 3), dt.datetime(1969, 12, 31, 23, 59, 59), dt.datetime(2024, 2, 29, 1, 2, 3, 456000)],
     "IRISTimeStamp"),
    ("b", sa.LargeBinary, [b"a", b"\x00\xff", bytes(range(256)) * 500], "LONGVARBINARY"),
]


def columns():
    return [sa.Column(name, kind, nullable=True) for name, kind, _, _ in COLUMNS]


def values(i):
    return {name: given[i] for name, _, given, _ in COLUMNS}


@pytest.mark.parametrize("column", [c for c in COLUMNS], ids=[c[0] for c in COLUMNS])
def test_values_come_back_as_they_were_sent(engine, metadata, name, column):
    kind, sent = column[1], [None, *column[2]]
    table = sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True, autoincrement=False), sa.Column("v", kind))
    metadata.create_all(engine)
    with engine.begin() as connection:
        for i, v in enumerate(sent):
            connection.execute(table.insert().values(id=i, v=v))
    with engine.connect() as connection:
        got = connection.execute(sa.select(table.c.v).order_by(table.c.id)).scalars().all()
    assert [number(g) if column[0] == "n" else g for g in got] == sent


def test_tables_are_reflected(engine, metadata, name):
    parent = sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True), *columns(),
                      sa.Column("code", sa.String(10), nullable=False, unique=True), comment="the parent")
    child = sa.Table(name + "C", metadata, sa.Column("a", sa.Integer, primary_key=True, autoincrement=False),
                     sa.Column("b", sa.Integer, primary_key=True, autoincrement=False),
                     sa.Column("parent", sa.Integer, sa.ForeignKey(parent.c.id, name=name + "FK", ondelete="CASCADE"), nullable=False),
                     sa.Column("label", sa.String(20)), sa.Index(name + "IX", "label", "b"))
    metadata.create_all(engine)
    found = sa.inspect(engine)
    assert {parent.name, child.name} <= set(found.get_table_names())
    assert found.has_table(parent.name) and not found.has_table("no_such_table")
    by_name = {c["name"]: c for c in found.get_columns(parent.name)}
    assert list(by_name) == [c.name for c in parent.columns]
    for column, _, _, kind in COLUMNS:
        assert type(by_name[column]["type"]).__name__ == kind, column
        assert by_name[column]["nullable"]
    assert by_name["id"]["autoincrement"] and not by_name["code"]["nullable"]
    assert (by_name["n"]["type"].precision, by_name["n"]["type"].scale, by_name["s"]["type"].length) == (12, 3, 40)
    assert found.get_pk_constraint(parent.name)["constrained_columns"] == ["id"]
    assert found.get_pk_constraint(child.name)["constrained_columns"] == ["a", "b"]
    assert [u["column_names"] for u in found.get_unique_constraints(parent.name)] == [["code"]]
    (key,) = found.get_foreign_keys(child.name)
    assert (key["constrained_columns"], key["referred_table"], key["referred_columns"]) == (["parent"], parent.name, ["id"])
    assert key["options"].get("ondelete") == "CASCADE"
    assert [(i["name"], i["column_names"], bool(i["unique"])) for i in found.get_indexes(child.name)] == [(name + "IX", ["label", "b"], False)]


def test_reflected_tables_are_created_again(engine, metadata, name):
    sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True), *columns())
    metadata.create_all(engine)
    again = sa.Table(name, sa.MetaData(), autoload_with=engine)
    metadata.drop_all(engine)
    assert not sa.inspect(engine).has_table(name)
    again.create(engine)
    with engine.begin() as connection:
        connection.execute(again.insert(), [values(i) for i in range(3)])
        # sqlalchemy-iris 0.18.1 reads a reflected TIME as a DateTime, which fails.
        read = [column for column, *_ in COLUMNS if column != "t"]
        rows = connection.execute(sa.select(*(again.c[column] for column in read)).order_by(again.c.id)).all()
    got = [dict(zip(read, row)) for row in rows]
    assert [{**row, "n": number(row["n"])} for row in got] == [{c: v for c, v in values(i).items() if c != "t"} for i in range(3)]
    again.drop(engine)


def test_views_are_reflected(engine, metadata, name):
    sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True))
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE VIEW {name}V AS SELECT id FROM {name}"))
    try:
        assert name + "V" in sa.inspect(engine).get_view_names()
    finally:
        with engine.begin() as connection:
            connection.execute(sa.text(f"DROP VIEW {name}V"))


class Base(orm.DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "sa_author"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: orm.Mapped[str] = orm.mapped_column(sa.String(50), unique=True)
    born: orm.Mapped[dt.date | None]
    books: orm.Mapped[list["Book"]] = orm.relationship(back_populates="author", cascade="all, delete-orphan")


class Book(Base):
    __tablename__ = "sa_book"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    title: orm.Mapped[str] = orm.mapped_column(sa.String(100))
    price: orm.Mapped[D] = orm.mapped_column(sa.Numeric(9, 2))
    author_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("sa_author.id"))
    author: orm.Mapped[Author] = orm.relationship(back_populates="books")


@pytest.fixture
def library(engine):
    Base.metadata.create_all(engine)
    with orm.Session(engine) as session:
        session.add_all([
            Author(name="Ann", born=dt.date(1950, 1, 2), books=[Book(title="A1", price=D("9.50")), Book(title="A2", price=D("20"))]),
            Author(name="Bob", books=[Book(title="B1", price=D("5.25"))]), Author(name="Émile")])
        session.commit()
    yield engine
    Base.metadata.drop_all(engine)


def test_orm_reads_what_it_wrote(library):
    with orm.Session(library) as session:
        authors = session.scalars(sa.select(Author).order_by(Author.id).options(orm.selectinload(Author.books))).all()
        assert [(a.name, a.born, [(b.title, number(b.price)) for b in a.books]) for a in authors] == [
            ("Ann", dt.date(1950, 1, 2), [("A1", D("9.50")), ("A2", D("20.00"))]), ("Bob", None, [("B1", D("5.25"))]), ("Émile", None, [])]
        assert [a.id for a in authors] == [1, 2, 3]


def test_orm_changes_and_deletes(library):
    with orm.Session(library) as session:
        ann = session.scalar(sa.select(Author).where(Author.name == "Ann"))
        ann.books[0].price = number(ann.books[0].price) + 1
        ann.books.pop()
        session.delete(session.get(Author, 2))
        session.commit()
    with orm.Session(library) as session:
        assert [(b.title, number(b.price)) for b in session.scalars(sa.select(Book).order_by(Book.id))] == [("A1", D("10.50"))]
        assert session.scalar(sa.select(sa.func.count()).select_from(Author)) == 2


def test_orm_rolls_back_and_reports_broken_rules(library):
    with orm.Session(library) as session:
        session.add(Author(name="Ann"))
        with pytest.raises(BROKEN_RULE, match="-119"):
            session.commit()
        session.rollback()
        session.add(Author(name="New"))
        session.flush()
        session.rollback()
        assert session.scalar(sa.select(sa.func.count()).select_from(Author)) == 3


def test_joins_groups_limits_and_conditions(library):
    with orm.Session(library) as session:
        totals = sa.select(Author.name, sa.func.count(Book.id).label("n"), sa.func.sum(Book.price).label("total")).outerjoin(
            Author.books).group_by(Author.name).order_by(Author.name)
        assert [(r.name, r.n, number(r.total)) for r in session.execute(totals)] == [("Ann", 2, D("29.50")), ("Bob", 1, D("5.25")), ("Émile", 0, None)]
        page = sa.select(Book.title).order_by(Book.title).limit(1).offset(1)
        assert session.scalars(page).all() == ["A2"]
        some = sa.select(Book.title).where(Book.price.between(6, 30), Book.title.like("A%"), Book.author_id.in_([1, 2])).order_by(Book.title.desc())
        assert session.scalars(some).all() == ["A2", "A1"]
        named = sa.select(Author.name).where(sa.exists().where(Book.author_id == Author.id)).order_by(Author.name)
        assert session.scalars(named).all() == ["Ann", "Bob"]
        case = sa.select(sa.case((Book.price > 9, "dear"), else_="cheap")).order_by(Book.id)
        assert session.scalars(case).all() == ["dear", "dear", "cheap"]


def test_savepoints(library):
    with orm.Session(library) as session:
        session.add(Author(name="Kept"))
        session.flush()
        with pytest.raises(BROKEN_RULE):
            with session.begin_nested():
                session.add(Author(name="Ann"))
                session.flush()
        session.commit()
        assert session.scalar(sa.select(sa.func.count()).select_from(Author)) == 4


@pytest.mark.parametrize("level", ["READ UNCOMMITTED", "READ COMMITTED", "AUTOCOMMIT"])
def test_isolation_levels(engine, level):
    with engine.connect().execution_options(isolation_level=level) as connection:
        assert connection.execute(sa.text("SELECT 'x'")).scalar() == "x"
