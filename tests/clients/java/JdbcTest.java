import java.math.BigDecimal;
import java.sql.*;
import java.time.*;
import java.util.*;

/** PostgreSQL's JDBC driver against the gateway: every storage type through the driver's own values. */
public class JdbcTest {
    static int passed, failed;

    interface Body {
        void run(Connection c) throws Exception;
    }

    static Connection open() throws SQLException {
        return open("5"); // the driver's default: in binary after the fifth execution
    }

    /** prepareThreshold -1: prepared on the server and read in binary from the first execution on. */
    static Connection open(String prepareThreshold) throws SQLException {
        String dsn = System.getenv("PGWIRE_DSN"); // postgresql://user:password@host:port/database
        String rest = dsn.substring(dsn.indexOf("//") + 2);
        String login = rest.substring(0, rest.indexOf('@')), where = rest.substring(rest.indexOf('@') + 1);
        Properties p = new Properties();
        int colon = login.indexOf(':');
        p.setProperty("user", colon < 0 ? login : login.substring(0, colon));
        if (colon >= 0) p.setProperty("password", login.substring(colon + 1));
        p.setProperty("connectTimeout", "10");
        p.setProperty("socketTimeout", "60");
        p.setProperty("prepareThreshold", prepareThreshold);
        return DriverManager.getConnection("jdbc:postgresql://" + where, p);
    }

    static void test(String name, Body body) {
        try (Connection c = open()) {
            body.run(c);
            passed++;
        } catch (Throwable e) {
            failed++;
            System.out.println("FAILED " + name + ": " + e);
        }
    }

    static void same(Object want, Object got) {
        boolean equal = want instanceof byte[] a && got instanceof byte[] b ? Arrays.equals(a, b) : Objects.equals(want, got);
        if (!equal) throw new AssertionError("got " + shown(got) + ", want " + shown(want));
    }

    static String shown(Object o) {
        String s = o instanceof byte[] b ? Arrays.toString(b) : String.valueOf(o);
        return s.length() > 200 ? s.substring(0, 200) + "…" : s;
    }

    static void run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    static void refused(String state, Body body, Connection c) throws Exception {
        try {
            body.run(c);
        } catch (SQLException e) {
            same(state, e.getSQLState());
            return;
        }
        throw new AssertionError("not refused with " + state);
    }

    /** type, class of the values, values. */
    record Kind(String type, Class<?> as, Object... values) {}

    static final String LONG = "aé漢😀-".repeat((1 << 20) / 11);

    static byte[] bytes(int n) {
        byte[] b = new byte[n];
        for (int i = 0; i < n; i++) b[i] = (byte) (i * 7 + 1);
        return b;
    }

    static final Kind[] KINDS = {
        new Kind("boolean", Boolean.class, true, false),
        new Kind("smallint", Integer.class, 0, 32767, -32768),
        new Kind("integer", Integer.class, 0, Integer.MAX_VALUE, Integer.MIN_VALUE),
        new Kind("bigint", Long.class, 0L, Long.MAX_VALUE, -Long.MAX_VALUE),
        new Kind("numeric(10,2)", BigDecimal.class, new BigDecimal("0.00"), new BigDecimal("-99999999.99")),
        new Kind("real", Float.class, 0f, 1.5f, Float.MAX_VALUE, Float.MIN_VALUE, Float.NaN, Float.POSITIVE_INFINITY),
        new Kind("double precision", Double.class, 0.1, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY),
        new Kind("text", String.class, "", " ", "0", "1.0", "é漢😀", "it's", "back\\slash", LONG),
        new Kind("varchar(20)", String.class, "", "trailing ", "12345678901234567890"),
        new Kind("bytea", byte[].class, new byte[0], bytes(256), bytes(1 << 20), new byte[] {0, 1}),
        new Kind("date", LocalDate.class, LocalDate.of(2024, 2, 29), LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31)),
        new Kind("time", LocalTime.class, LocalTime.of(0, 0), LocalTime.of(23, 59, 59, 999999000)),
        new Kind("timestamp", LocalDateTime.class, LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789012000), LocalDateTime.of(1900, 1, 1, 0, 0)),
        new Kind("timestamptz", OffsetDateTime.class, OffsetDateTime.of(2024, 2, 29, 12, 34, 56, 789012000, ZoneOffset.UTC)),
        new Kind("uuid", UUID.class, UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
    };

    /** More than five executions: the driver then prepares on the server and reads in binary. */
    static void roundTrip(Connection c, Kind k) throws Exception {
        run(c, "DROP TABLE IF EXISTS jdbc_rt");
        run(c, "CREATE TABLE jdbc_rt (id integer PRIMARY KEY, v " + k.type() + ")");
        int rows = 0;
        try (PreparedStatement s = c.prepareStatement("INSERT INTO jdbc_rt VALUES (?, ?)")) {
            for (int round = 0; round < 8; round++) {
                for (Object v : k.values()) {
                    s.setInt(1, rows++);
                    s.setObject(2, v);
                    same(1, s.executeUpdate());
                }
            }
            s.setInt(1, rows);
            s.setNull(2, Types.OTHER);
            s.executeUpdate();
        }
        try (PreparedStatement s = c.prepareStatement("SELECT v FROM jdbc_rt WHERE id = ?")) {
            for (int id = 0; id <= rows; id++) {
                s.setInt(1, id);
                try (ResultSet r = s.executeQuery()) {
                    if (!r.next()) throw new AssertionError("row " + id + " is not there");
                    Object want = id == rows ? null : k.values()[id % k.values().length];
                    same(want, k.as() == byte[].class ? r.getBytes(1) : r.getObject(1, k.as()));
                }
            }
        }
        run(c, "DROP TABLE jdbc_rt");
    }

    /** The value of column k in row r; every seventh one or so is NULL. The longest values have their test in roundTrip. */
    static Object in(int k, int r) {
        Object[] brief = Arrays.stream(KINDS[k].values()).filter(v -> v != LONG && !(v instanceof byte[] b && b.length > 1000)).toArray();
        return (r + k) % 7 == 0 ? null : brief[(r + k) % brief.length];
    }

    /** 1,000 rows with a column of every type, written in batches, read in text and in binary. */
    static void rowsOfEveryType(Connection c) throws Exception {
        StringJoiner columns = new StringJoiner(", "), marks = new StringJoiner(", ");
        for (int k = 0; k < KINDS.length; k++) {
            columns.add("c" + k + " " + KINDS[k].type());
            marks.add("?");
        }
        run(c, "DROP TABLE IF EXISTS jdbc_rows");
        run(c, "CREATE TABLE jdbc_rows (id integer PRIMARY KEY, " + columns + ")");
        c.setAutoCommit(false);
        try (PreparedStatement s = c.prepareStatement("INSERT INTO jdbc_rows VALUES (?, " + marks + ")")) {
            for (int r = 0; r < 1000; r++) {
                s.setInt(1, r);
                for (int k = 0; k < KINDS.length; k++) {
                    if (in(k, r) == null) s.setNull(k + 2, Types.OTHER);
                    else s.setObject(k + 2, in(k, r));
                }
                s.addBatch();
            }
            s.executeBatch();
        }
        c.commit();
        c.setAutoCommit(true);
        sameRows(c);
        try (Connection binary = open("-1")) {
            sameRows(binary);
        }
        run(c, "DROP TABLE jdbc_rows");
    }

    static void sameRows(Connection c) throws Exception {
        try (PreparedStatement s = c.prepareStatement("SELECT * FROM jdbc_rows ORDER BY id"); ResultSet rows = s.executeQuery()) {
            int r = 0;
            for (; rows.next(); r++) {
                same(r, rows.getInt(1));
                for (int k = 0; k < KINDS.length; k++) {
                    same(in(k, r), KINDS[k].as() == byte[].class ? rows.getBytes(k + 2) : rows.getObject(k + 2, KINDS[k].as()));
                }
            }
            same(1000, r);
        }
    }

    static void batch(Connection c) throws Exception {
        run(c, "DROP TABLE IF EXISTS jdbc_batch");
        run(c, "CREATE TABLE jdbc_batch (id integer PRIMARY KEY, t text)");
        c.setAutoCommit(false);
        try (PreparedStatement s = c.prepareStatement("INSERT INTO jdbc_batch VALUES (?, ?)")) {
            for (int i = 0; i < 1000; i++) {
                s.setInt(1, i);
                s.setString(2, i % 7 == 0 ? null : "row " + i + " 😀");
                s.addBatch();
            }
            same(1000, s.executeBatch().length);
        }
        c.commit();
        try (Statement s = c.createStatement()) {
            s.setFetchSize(50);
            try (ResultSet r = s.executeQuery("SELECT id, t FROM jdbc_batch ORDER BY id")) {
                int n = 0;
                for (; r.next(); n++) {
                    same(n, r.getInt(1));
                    same(n % 7 == 0 ? null : "row " + n + " 😀", r.getString(2));
                }
                same(1000, n);
            }
        }
        c.commit();
        c.setAutoCommit(true);
        run(c, "DROP TABLE jdbc_batch");
    }

    static void transactions(Connection c) throws Exception {
        run(c, "DROP TABLE IF EXISTS jdbc_tx");
        run(c, "CREATE TABLE jdbc_tx (id integer PRIMARY KEY)");
        c.setAutoCommit(false);
        run(c, "INSERT INTO jdbc_tx VALUES (1)");
        Savepoint p = c.setSavepoint();
        refused("23505", x -> run(x, "INSERT INTO jdbc_tx VALUES (1)"), c);
        refused("25P02", x -> run(x, "INSERT INTO jdbc_tx VALUES (2)"), c);
        c.rollback(p);
        run(c, "INSERT INTO jdbc_tx VALUES (3)");
        c.commit();
        run(c, "INSERT INTO jdbc_tx VALUES (4)");
        c.rollback();
        c.setAutoCommit(true);
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT count(*), max(id) FROM jdbc_tx")) {
            r.next();
            same(2L, r.getLong(1));
            same(3, r.getInt(2));
        }
        run(c, "DROP TABLE jdbc_tx");
    }

    static void generatedKeys(Connection c) throws Exception {
        run(c, "DROP TABLE IF EXISTS jdbc_key");
        run(c, "CREATE TABLE jdbc_key (id serial PRIMARY KEY, t text)");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO jdbc_key (t) VALUES (?)", new String[] {"id"})) {
            for (int i = 1; i <= 8; i++) {
                s.setString(1, "x");
                s.executeUpdate();
                try (ResultSet r = s.getGeneratedKeys()) {
                    r.next();
                    same(i, r.getInt(1));
                }
            }
        }
        run(c, "DROP TABLE jdbc_key");
    }

    static void refusals(Connection c) throws Exception {
        run(c, "DROP TABLE IF EXISTS jdbc_bad");
        run(c, "CREATE TABLE jdbc_bad (i integer NOT NULL, v varchar(3), d date)");
        refused("23502", x -> run(x, "INSERT INTO jdbc_bad VALUES (NULL, 'a', NULL)"), c);
        refused("22001", x -> run(x, "INSERT INTO jdbc_bad VALUES (1, 'abcd', NULL)"), c);
        refused("22008", x -> run(x, "INSERT INTO jdbc_bad VALUES (1, 'a', 'infinity')"), c);
        refused("42P01", x -> run(x, "SELECT * FROM jdbc_nothing"), c);
        run(c, "DROP TABLE jdbc_bad");
    }

    public static void main(String[] args) {
        for (Kind k : KINDS) test(k.type(), c -> roundTrip(c, k));
        test("1,000 rows of every type", JdbcTest::rowsOfEveryType);
        test("batch", JdbcTest::batch);
        test("transactions", JdbcTest::transactions);
        test("generated keys", JdbcTest::generatedKeys);
        if (System.getenv("PGWIRE_ORACLE") == null) test("refusals", JdbcTest::refusals);
        System.out.println(passed + " passed, " + failed + " failed, 0 skipped");
        System.exit(failed == 0 ? 0 : 1);
    }
}
