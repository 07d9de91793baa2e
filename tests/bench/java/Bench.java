import java.io.*;
import java.math.BigDecimal;
import java.sql.*;
import java.time.LocalDate;
import java.util.*;

/** InterSystems' JDBC driver in scripts/bench iris: each line "case seconds" is answered with "units seconds". */
public class Bench {
    interface Round {
        int run(PreparedStatement s, int n) throws SQLException;
    }

    static final int ROWS = number("ROWS"), INSERTS = number("INSERTS"), BATCH = number("BATCH");
    static Connection connection;
    static int sum; // what is read goes here, so that it is read indeed

    static int number(String name) {
        return Integer.parseInt(System.getenv("BENCH_" + name));
    }

    static final Map<String, Round> CASES = Map.of(
        "select1", (s, n) -> read(s),
        "point", (s, n) -> {
            s.setInt(1, (int) (1 + n * 7919L % ROWS));
            return read(s);
        },
        "rows", (s, n) -> read(s),
        "insert", (s, n) -> {
            for (int i = 1; i <= INSERTS; i++) {
                fill(s, i);
                s.executeUpdate();
            }
            return INSERTS;
        },
        "batch", (s, n) -> {
            for (int i = 1; i <= INSERTS; i++) {
                fill(s, i);
                s.addBatch();
                if (i % BATCH == 0) s.executeBatch();
            }
            return INSERTS;
        },
        "vector", (s, n) -> {
            s.setString(1, System.getenv("BENCH_VECTOR"));
            return read(s);
        });

    public static void main(String[] args) throws Exception {
        connection = DriverManager.getConnection("jdbc:IRIS://" + System.getenv("BENCH_ADDRESS") + "/USER", "_SYSTEM", "SYS");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = in.readLine()) != null;) {
            String[] word = line.split(" ");
            measure(word[0], Double.parseDouble(word[1]));
        }
        connection.close();
    }

    /** Repeats a case until it has taken that long. */
    static void measure(String key, double limit) throws SQLException {
        long units = 0, spent = 0;
        try (PreparedStatement s = connection.prepareStatement(System.getenv("BENCH_SQL_" + key)); Statement empty = connection.createStatement()) {
            for (int n = 0; spent < limit * 1e9; n++) {
                if (key.equals("insert") || key.equals("batch")) empty.executeUpdate("TRUNCATE TABLE Bench.Empty");
                long begun = System.nanoTime();
                units += CASES.get(key).run(s, n);
                spent += System.nanoTime() - begun;
            }
        }
        System.out.println(units + " " + spent / 1e9);
    }

    static int read(PreparedStatement s) throws SQLException {
        int n = 0;
        try (ResultSet r = s.executeQuery()) {
            int columns = r.getMetaData().getColumnCount();
            for (; r.next(); n++) {
                for (int i = 1; i <= columns; i++) sum += r.getObject(i).hashCode();
            }
        }
        return n;
    }

    static void fill(PreparedStatement s, int i) throws SQLException {
        LocalDate day = LocalDate.of(1950, 1, 1).plusDays(i % 20000);
        s.setInt(1, i);
        s.setShort(2, (short) (i % 30000));
        s.setLong(3, i * 1000003L);
        s.setBigDecimal(4, BigDecimal.valueOf(i * 7L, 2));
        s.setDouble(5, i / 7.0);
        s.setString(6, "name of row " + i);
        s.setString(7, "Žilina " + i % 100);
        s.setString(8, day.toString());
        s.setString(9, day + " 12:34:56");
        s.setBoolean(10, i % 2 == 0);
    }
}
