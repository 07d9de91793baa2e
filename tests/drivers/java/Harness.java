import java.sql.*;
import java.util.*;

/** What all tests use: connections, counts, comparisons. The address of irisdev comes in IRISDEV_ADDRESS. */
public class Harness {
    static final String ADDRESS = System.getenv("IRISDEV_ADDRESS");
    static int passed, failed, skipped;

    interface Body {
        void run(Connection c) throws Exception;
    }

    static class Skipped extends RuntimeException {
        Skipped(String why) {
            super(why);
        }
    }

    static Connection open(String user, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:IRIS://" + ADDRESS + "/USER", user, password);
    }

    static Connection open() throws SQLException {
        return open("_SYSTEM", "SYS");
    }

    static void test(String name, Body body) {
        try (Connection c = open()) {
            body.run(c);
            passed++;
        } catch (Skipped e) {
            skipped++;
            System.out.println("--- SKIP: " + name + ": " + e.getMessage());
        } catch (Throwable e) {
            failed++;
            System.out.println("FAILED " + name + ": " + e);
            for (StackTraceElement at : e.getStackTrace()) {
                if (at.getClassName().indexOf('.') < 0) System.out.println("    at " + at);
            }
        }
    }

    static void same(Object want, Object got) {
        if (!Objects.deepEquals(want, got)) throw new AssertionError("got " + shown(got) + ", want " + shown(want));
    }

    static String shown(Object o) {
        String s = o instanceof byte[] b ? Arrays.toString(b) : String.valueOf(o);
        return (s.length() > 300 ? s.substring(0, 300) + "…" : s) + (o == null ? "" : " (" + o.getClass().getSimpleName() + ")");
    }

    static int run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            return s.execute(sql) ? -1 : s.getUpdateCount();
        }
    }

    /** A table that is new, whatever an earlier test left. */
    static void table(Connection c, String name, String columns) throws SQLException {
        run(c, "DROP TABLE IF EXISTS " + name);
        run(c, "CREATE TABLE " + name + " (" + columns + ")");
    }

    /** The rows of a query, each as its columns' texts with | between them; NULL is "-". */
    static List<String> rows(ResultSet r) throws SQLException {
        List<String> out = new ArrayList<>();
        while (r.next()) {
            StringJoiner row = new StringJoiner("|");
            for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                String s = r.getString(i);
                row.add(s == null ? "-" : s);
            }
            out.add(row.toString());
        }
        r.close();
        return out;
    }

    static List<String> query(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            return rows(s.executeQuery(sql));
        }
    }

    /** The named columns of a catalogue's rows. */
    static List<String> pick(ResultSet r, String... columns) throws SQLException {
        List<String> out = new ArrayList<>();
        while (r.next()) {
            StringJoiner row = new StringJoiner("|");
            for (String column : columns) {
                String s = r.getString(column);
                row.add(s == null ? "-" : s);
            }
            out.add(row.toString());
        }
        r.close();
        return out;
    }

    static SQLException refused(int code, String state, Body body, Connection c) throws Exception {
        try {
            body.run(c);
        } catch (SQLException e) {
            if (e.getErrorCode() != code || state != null && !state.equals(e.getSQLState()))
                throw new AssertionError("refused with " + e.getErrorCode() + " " + e.getSQLState() + " (" + e.getMessage() + "), want " + code + " " + state);
            return e;
        }
        throw new AssertionError("not refused with " + code);
    }
}
