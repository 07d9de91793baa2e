import java.sql.*;
import java.util.*;
import java.util.concurrent.atomic.AtomicReference;

/** Connections, transactions, isolation, time-outs, cancel, errors. */
public class Transactions extends Harness {
    static void login(Connection c) throws Exception {
        same(true, c.isValid(5));
        same(true, c.getAutoCommit());
        same("SQLUser", c.getSchema());
        same(Connection.TRANSACTION_READ_UNCOMMITTED, c.getTransactionIsolation());
        same("InterSystems IRIS", c.getMetaData().getDatabaseProductName());
        if (!c.getMetaData().getDatabaseProductVersion().contains("2025.1")) throw new AssertionError(c.getMetaData().getDatabaseProductVersion());
        same("_SYSTEM", c.getMetaData().getUserName());
        same(List.of("1"), query(c, "SELECT 1"));
        c.close();
        same(true, c.isClosed());
    }

    static void wrongLogin(Connection c) throws Exception {
        for (String[] login : new String[][] {{"_SYSTEM", "wrong"}, {"nobody", "SYS"}, {"_SYSTEM", ""}}) {
            try (Connection other = open(login[0], login[1])) {
                throw new AssertionError("logged in as " + login[0]);
            } catch (SQLException e) {
                // For status 402 of the profile contrary the driver has a text of its own.
                String said = "contrary".equals(System.getenv("IRISDEV_PROFILE")) ? "Invalid Username/Password" : "Access Denied";
                if (!e.getMessage().contains(said)) throw new AssertionError(e.getErrorCode() + " " + e.getSQLState() + " " + e.getMessage());
            }
        }
    }


    static void transactions(Connection c) throws Exception {
        table(c, "JdbcTest.Tx", "Id INTEGER PRIMARY KEY");
        c.setAutoCommit(false);
        run(c, "INSERT INTO JdbcTest.Tx VALUES (1)");
        run(c, "INSERT INTO JdbcTest.Tx VALUES (2)");
        c.commit();
        run(c, "INSERT INTO JdbcTest.Tx VALUES (3)");
        refused(119, null, x -> run(x, "INSERT INTO JdbcTest.Tx VALUES (1)"), c);
        c.rollback();
        c.rollback();
        same(List.of("1", "2"), query(c, "SELECT Id FROM JdbcTest.Tx ORDER BY Id"));
        run(c, "INSERT INTO JdbcTest.Tx VALUES (4)");
        Savepoint unnamed = c.setSavepoint();
        run(c, "INSERT INTO JdbcTest.Tx VALUES (5)");
        Savepoint named = c.setSavepoint("MARK");
        run(c, "INSERT INTO JdbcTest.Tx VALUES (6)");
        c.rollback(named);
        same(List.of("1", "2", "4", "5"), query(c, "SELECT Id FROM JdbcTest.Tx ORDER BY Id"));
        c.rollback(unnamed);
        run(c, "INSERT INTO JdbcTest.Tx VALUES (7)");
        c.setAutoCommit(true); // commits
        same(true, c.getAutoCommit());
        same(List.of("1", "2", "4", "7"), query(c, "SELECT Id FROM JdbcTest.Tx ORDER BY Id"));
        run(c, "INSERT INTO JdbcTest.Tx VALUES (8)");
        try (Connection other = open()) {
            same(List.of("5"), query(other, "SELECT COUNT(*) FROM JdbcTest.Tx"));
        }
    }

    static void abandoned(Connection c) throws Exception {
        table(c, "JdbcTest.Tx", "Id INTEGER PRIMARY KEY");
        Connection other = open();
        other.setAutoCommit(false);
        run(other, "INSERT INTO JdbcTest.Tx VALUES (1)");
        other.close(); // its transaction never comes into force
        for (int i = 0; i < 50 && !query(c, "SELECT Id FROM JdbcTest.Tx").isEmpty(); i++) Thread.sleep(20);
        same(List.of(), query(c, "SELECT Id FROM JdbcTest.Tx"));
    }

    static void isolation(Connection c) throws Exception {
        table(c, "JdbcTest.Iso", "Id INTEGER PRIMARY KEY, V INTEGER");
        run(c, "INSERT INTO JdbcTest.Iso VALUES (1, 1)");
        try (Connection writer = open()) {
            writer.setAutoCommit(false);
            run(writer, "UPDATE JdbcTest.Iso SET V = 2 WHERE Id = 1");
            same(List.of("2"), query(c, "SELECT V FROM JdbcTest.Iso")); // reads what is not committed
            c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            same(Connection.TRANSACTION_READ_COMMITTED, c.getTransactionIsolation());
            AtomicReference<Object> seen = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                try {
                    seen.set(query(c, "SELECT V FROM JdbcTest.Iso"));
                } catch (SQLException e) {
                    seen.set(e);
                }
            });
            reader.start();
            reader.join(300);
            same(null, seen.get()); // waits for the writer
            writer.rollback();
            reader.join(10000);
            same(List.of("1"), seen.get());
        }
        try {
            c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            throw new AssertionError("SERIALIZABLE was accepted");
        } catch (SQLException e) {
            same(Connection.TRANSACTION_READ_COMMITTED, c.getTransactionIsolation());
        }
    }

    // Time

    static final String ENDLESS = "SELECT COUNT(*) FROM JdbcTest.Many a, JdbcTest.Many b, JdbcTest.Many c WHERE a.Id + b.Id + c.Id < 0";

    static void timeout(Connection c) throws Exception {
        try (Statement s = c.createStatement()) {
            s.setQueryTimeout(1);
            long start = System.nanoTime();
            refused(450, "S1T00", x -> s.executeQuery(ENDLESS), c);
            if (System.nanoTime() - start > 5_000_000_000L) throw new AssertionError("the time-out came late");
        }
        same(List.of("1"), query(c, "SELECT 1"));
    }

    static void cancel(Connection c) throws Exception {
        for (boolean prepared : new boolean[] {false, true}) {
            Statement s = prepared ? c.prepareStatement(ENDLESS) : c.createStatement();
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread runner = new Thread(() -> {
                try (ResultSet r = s instanceof PreparedStatement p ? p.executeQuery() : s.executeQuery(ENDLESS)) {
                    r.next();
                    end.set(new AssertionError("it came to its end"));
                } catch (Throwable e) {
                    end.set(e);
                }
            });
            runner.start();
            Thread.sleep(300);
            long start = System.nanoTime();
            s.cancel();
            runner.join(10000);
            if (runner.isAlive()) throw new AssertionError("still running after cancel()");
            if (System.nanoTime() - start > 3_000_000_000L) throw new AssertionError("cancel() took long");
            if (!(end.get() instanceof SQLException e)) throw new AssertionError(end.get());
            same(456, e.getErrorCode());
            s.close();
            same(List.of("1"), query(c, "SELECT 1"));
        }
    }

    // Errors

    static void errors(Connection c) throws Exception {
        run(c, "DROP TABLE IF EXISTS JdbcTest.Bad");
        table(c, "JdbcTest.Parent", "Id INTEGER PRIMARY KEY");
        table(c, "JdbcTest.Bad", "I INTEGER NOT NULL, V VARCHAR(3), D DATE, U INTEGER UNIQUE, P INTEGER, FOREIGN KEY (P) REFERENCES JdbcTest.Parent (Id)");
        refused(30, "S0002", x -> query(x, "SELECT * FROM JdbcTest.Nothing"), c);
        refused(29, "S1000", x -> query(x, "SELECT Nope FROM JdbcTest.Bad"), c);
        refused(51, "37000", x -> run(x, "SELEC 1 FROM JdbcTest.Bad"), c);
        refused(12, "37000", x -> query(x, "SELECT FROM"), c);
        refused(108, "23000", x -> run(x, "INSERT INTO JdbcTest.Bad (V) VALUES ('a')"), c);
        refused(104, "23000", x -> run(x, "INSERT INTO JdbcTest.Bad (I, V) VALUES (1, 'abcd')"), c);
        refused(104, "23000", x -> run(x, "INSERT INTO JdbcTest.Bad (I) VALUES ('x')"), c);
        refused(121, "S1000", x -> run(x, "INSERT INTO JdbcTest.Bad (I, P) VALUES (1, 77)"), c);
        same(1, run(c, "INSERT INTO JdbcTest.Bad (I, U) VALUES (1, 1)"));
        SQLException e = refused(119, "S1000", x -> run(x, "INSERT INTO JdbcTest.Bad (I, U) VALUES (1, 1)"), c);
        for (String part : new String[] {"[SQLCODE: <-119>", "[Location: <", "[%msg: <"}) if (!e.getMessage().contains(part)) throw new AssertionError(e.getMessage());
        refused(201, null, x -> run(x, "CREATE TABLE JdbcTest.Bad (I INTEGER)"), c);
        same(0, run(c, "DROP TABLE JdbcTest.Bad"));
        refused(30, null, x -> run(x, "DROP TABLE JdbcTest.Bad"), c);
        same(List.of("1"), query(c, "SELECT 1"));
    }

    // What irisdev does not have is refused with an error that says so, and the connection goes on.
    static void refusals(Connection c) throws Exception {
        try (Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            try (ResultSet r = s.executeQuery("SELECT Id FROM JdbcTest.Many")) {
                throw new AssertionError("a scrollable cursor was opened");
            } catch (SQLException e) {
                same(409, e.getErrorCode());
            }
        }
        same(List.of("1"), query(c, "SELECT 1"));
        try (CallableStatement s = c.prepareCall("{call Sample.Nothing(?)}")) {
            s.setInt(1, 1);
            s.execute();
            throw new AssertionError("a procedure was called");
        } catch (SQLException e) {
            if (e.getErrorCode() == 0) throw e;
        }
        same(List.of("1"), query(c, "SELECT 1"));
    }
}
