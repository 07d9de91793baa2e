import java.math.BigDecimal;
import java.sql.*;
import java.util.*;

/** Prepared statements, batches, generated keys, results and their metadata. */
public class Statements extends Harness {
    static void preparedBatch(Connection c) throws Exception {
        table(c, "JdbcTest.Batch", "Id INTEGER PRIMARY KEY, T VARCHAR(30)");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Batch (Id, T) VALUES (?, ?)")) {
            for (int i = 0; i < 2000; i++) {
                s.setInt(1, i);
                s.setString(2, i % 7 == 0 ? null : "row " + i + " 😀");
                s.addBatch();
            }
            int[] counts = s.executeBatch();
            same(2000, counts.length);
            for (int n : counts) same(1, n);
            same(0, s.executeBatch().length);
        }
        try (PreparedStatement s = c.prepareStatement("UPDATE JdbcTest.Batch SET T = ? WHERE Id < ?")) {
            for (int n : new int[] {1, 0, 10}) {
                s.setString(1, "changed");
                s.setInt(2, n);
                s.addBatch();
            }
            same("[1, 0, 10]", Arrays.toString(s.executeBatch()));
        }
        same(List.of("2000|1716"), query(c, "SELECT COUNT(*), COUNT(T) FROM JdbcTest.Batch WHERE Id >= 0"));
    }

    static void failingBatch(Connection c) throws Exception {
        table(c, "JdbcTest.Failing", "Id INTEGER PRIMARY KEY, T VARCHAR(5)");
        c.setAutoCommit(false);
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Failing (Id) VALUES (?)")) {
            for (int id : new int[] {1, 2, 1, 3}) {
                s.setInt(1, id);
                s.addBatch();
            }
            try {
                s.executeBatch();
                throw new AssertionError("a batch with a duplicate key passed");
            } catch (BatchUpdateException e) {
                same(119, e.getErrorCode());
                int[] counts = e.getUpdateCounts();
                same(1, counts[0]);
                same(1, counts[1]);
                if (counts.length > 2) same(Statement.EXECUTE_FAILED, counts[2]);
            }
        }
        c.rollback();
        same(List.of("0"), query(c, "SELECT COUNT(*) FROM JdbcTest.Failing"));
    }

    static void textBatch(Connection c) throws Exception {
        table(c, "JdbcTest.Texts", "Id INTEGER PRIMARY KEY, T VARCHAR(30)");
        try (Statement s = c.createStatement()) {
            s.addBatch("INSERT INTO JdbcTest.Texts VALUES (1, 'a''b')");
            s.addBatch("INSERT INTO JdbcTest.Texts VALUES (2, 'Ж')");
            s.addBatch("UPDATE JdbcTest.Texts SET T = 'x' WHERE Id > 0");
            s.addBatch("DELETE FROM JdbcTest.Texts WHERE Id = 3");
            same("[1, 1, 2, 0]", Arrays.toString(s.executeBatch()));
            s.addBatch("INSERT INTO JdbcTest.Texts VALUES (4, NULL)");
            s.addBatch("INSERT INTO JdbcTest.Texts VALUES (1, NULL)");
            s.addBatch("INSERT INTO JdbcTest.Texts VALUES (5, NULL)");
            try {
                s.executeBatch();
                throw new AssertionError("a batch with a duplicate key passed");
            } catch (BatchUpdateException e) {
                same(119, e.getErrorCode());
                same(1, e.getUpdateCounts()[0]);
            }
        }
        same(List.of("1|x", "2|x", "4|-"), query(c, "SELECT Id, T FROM JdbcTest.Texts ORDER BY Id"));
    }

    static void generatedKeys(Connection c) throws Exception {
        table(c, "JdbcTest.Keys", "Id INTEGER IDENTITY PRIMARY KEY, T VARCHAR(30)");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Keys (T) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (long i = 1; i <= 3; i++) {
                s.setString(1, "x");
                same(1, s.executeUpdate());
                try (ResultSet r = s.getGeneratedKeys()) {
                    same(true, r.next());
                    same(i, r.getLong(1));
                    same(false, r.next());
                }
            }
        }
        try (Statement s = c.createStatement()) {
            same(1, s.executeUpdate("INSERT INTO JdbcTest.Keys (T) VALUES ('y')", Statement.RETURN_GENERATED_KEYS));
            same(List.of("4"), rows(s.getGeneratedKeys()));
        }
        same(List.of("4"), query(c, "SELECT LAST_IDENTITY()"));
    }

    static void statementCache(Connection c) throws Exception {
        table(c, "JdbcTest.Cache", "Id INTEGER PRIMARY KEY, V INTEGER");
        run(c, "INSERT INTO JdbcTest.Cache VALUES (1, 2)");
        for (int i = 0; i < 3; i++) same(List.of("1|2"), query(c, "SELECT * FROM JdbcTest.Cache"));
        try (Connection other = open()) { // the compiled statement is thrown away by the server: 404, the text again
            run(other, "DROP TABLE JdbcTest.Cache");
            run(other, "CREATE TABLE JdbcTest.Cache (Id VARCHAR(10), V VARCHAR(10), W INTEGER)");
            run(other, "INSERT INTO JdbcTest.Cache VALUES ('a', 'b', 3)");
        }
        same(List.of("a|b|3"), query(c, "SELECT * FROM JdbcTest.Cache"));
        for (int i = 0; i < 1200; i++) { // more than the driver's cache of statements holds: UC
            try (PreparedStatement s = c.prepareStatement("SELECT W AS C" + i + " FROM JdbcTest.Cache WHERE W > ?")) {
                s.setInt(1, 0);
                try (ResultSet r = s.executeQuery()) {
                    r.next();
                    same(3, r.getInt("C" + i));
                }
            }
        }
    }

    static void longText(Connection c) throws Exception {
        StringBuilder sql = new StringBuilder("SELECT 1");
        for (int i = 0; i < 20000; i++) sql.append(" /* é */ ");
        same(List.of("1"), query(c, sql.toString()));
        StringBuilder list = new StringBuilder("SELECT 5 WHERE 5 IN (0");
        for (int i = 10; i < 200; i++) list.append(", ").append(i);
        same(List.of("5"), query(c, list.append(", 5)").toString()));
    }


    static final int MANY = 20000;

    static void many(Connection c) throws Exception {
        table(c, "JdbcTest.Many", "Id INTEGER PRIMARY KEY, T VARCHAR(100), N NUMERIC(12,2)");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Many VALUES (?, ?, ?)")) {
            for (int i = 0; i < MANY; i++) {
                s.setInt(1, i);
                s.setString(2, "text of row " + i);
                s.setBigDecimal(3, BigDecimal.valueOf(i, 2));
                s.addBatch();
            }
            same(MANY, s.executeBatch().length);
        }
    }

    static void fetching(Connection c) throws Exception {
        for (int size : new int[] {0, 1, 100, 100000}) {
            try (Statement s = c.createStatement()) {
                s.setFetchSize(size);
                int n = 0;
                try (ResultSet r = s.executeQuery("SELECT Id, T, N FROM JdbcTest.Many ORDER BY Id")) {
                    for (; r.next(); n++) {
                        if (r.getInt(1) != n || !r.getString(2).equals("text of row " + n) || !r.getBigDecimal(3).equals(BigDecimal.valueOf(n, 2)))
                            throw new AssertionError("row " + n + " is " + r.getInt(1));
                    }
                }
                same(MANY, n);
            }
        }
        for (int most : new int[] {1, 10, 5000}) { // the profile contrary limits a buffer, not the result: the driver does not
            try (Statement s = c.createStatement()) {
                s.setMaxRows(most);
                if (!"contrary".equals(System.getenv("IRISDEV_PROFILE"))) same(most, rows(s.executeQuery("SELECT Id FROM JdbcTest.Many")).size());
            }
        }
        for (int i = 0; i < 20; i++) { // closed before the end: CC
            try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT Id, T FROM JdbcTest.Many ORDER BY Id")) {
                for (int n = 0; n < i * 100 + 1; n++) r.next();
                same(i * 100, r.getInt(1));
            }
        }
        same(List.of(), query(c, "SELECT Id FROM JdbcTest.Many WHERE Id < 0"));
    }

    static void twoResults(Connection c) throws Exception {
        try (PreparedStatement a = c.prepareStatement("SELECT Id, T FROM JdbcTest.Many ORDER BY Id");
                PreparedStatement b = c.prepareStatement("SELECT Id, T FROM JdbcTest.Many WHERE Id >= ? ORDER BY Id DESC")) {
            b.setInt(1, 0);
            ResultSet up = a.executeQuery(), down = b.executeQuery();
            for (int i = 0; i < MANY; i++) {
                if (!up.next() || !down.next() || up.getInt(1) != i || down.getInt(1) != MANY - 1 - i) throw new AssertionError("row " + i);
                if (i % 5000 == 0) same(List.of(i + ""), query(c, "SELECT Id FROM JdbcTest.Many WHERE Id = " + i));
            }
            same(false, up.next());
            same(false, down.next());
        }
    }

    static void resultMetaData(Connection c) throws Exception {
        table(c, "JdbcTest.Meta", "Id INTEGER IDENTITY PRIMARY KEY, I INTEGER NOT NULL, B BIGINT, N NUMERIC(10,3), F DOUBLE, V VARCHAR(33), D DATE, T TIME, S TIMESTAMP, X VARBINARY(20), Y BIT");
        String[] want = {"Id INTEGER 4", "I INTEGER 4", "B BIGINT -5", "N NUMERIC 2", "F DOUBLE 8", "V VARCHAR 12", "D DATE 91", "T TIME 92", "S TIMESTAMP 93", "X VARBINARY -3", "Y BIT -7"};
        try (PreparedStatement s = c.prepareStatement("SELECT Id, I, B, N, F, V, D, T, S, X, Y, I + 1 AS Plus FROM JdbcTest.Meta")) {
            ResultSetMetaData m = s.getMetaData();
            same(12, m.getColumnCount());
            for (int i = 0; i < want.length; i++)
                same(want[i].substring(want[i].indexOf(' ')), " " + m.getColumnTypeName(i + 1).toUpperCase() + " " + m.getColumnType(i + 1));
            for (int i = 0; i < want.length; i++) same(want[i].split(" ")[0], m.getColumnName(i + 1));
            same(10, m.getPrecision(4));
            same(3, m.getScale(4));
            same(33, m.getPrecision(6));
            same(ResultSetMetaData.columnNoNulls, m.isNullable(2));
            same(ResultSetMetaData.columnNullable, m.isNullable(3));
            same(true, m.isAutoIncrement(1));
            same(false, m.isAutoIncrement(2));
            same("Meta", m.getTableName(2));
            same("JdbcTest", m.getSchemaName(2));
            same("Plus", m.getColumnLabel(12));
        }
    }

    static void parameterMetaData(Connection c) throws Exception {
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Meta (I, B, N, F, V, D) VALUES (?, ?, ?, ?, ?, ?)")) {
            ParameterMetaData m = s.getParameterMetaData();
            same(6, m.getParameterCount());
            int[] types = {Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DOUBLE, Types.VARCHAR, Types.DATE};
            boolean untold = "contrary".equals(System.getenv("IRISDEV_PROFILE")); // the server says VARCHAR of all of them
            for (int i = 0; i < types.length; i++) same(untold ? Types.VARCHAR : types[i], m.getParameterType(i + 1));
            same(3, m.getScale(3));
        }
        try (PreparedStatement s = c.prepareStatement("SELECT Id FROM JdbcTest.Meta WHERE I = ? AND V = ?")) {
            same(2, s.getParameterMetaData().getParameterCount());
        }
    }
}
