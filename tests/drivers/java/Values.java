import java.math.BigDecimal;
import java.sql.*;
import java.util.*;

/** Values of every type, there and back. */
public class Values extends Harness {
    interface Setter {
        void set(PreparedStatement s, int i, Object v) throws SQLException;
    }

    interface Getter {
        Object get(ResultSet r, int i) throws SQLException;
    }

    /** A column type with the driver's setter and getter for it, and values that must come back as they were. */
    record Kind(String type, int jdbc, Setter set, Getter get, Object... values) {}

    static final Setter OBJECT = PreparedStatement::setObject;
    static final Getter TEXT = ResultSet::getString;

    static byte[] bytes(int n) {
        byte[] b = new byte[n];
        for (int i = 0; i < n; i++) b[i] = (byte) (i * 7 + 1);
        return b;
    }

    static BigDecimal number(String s) {
        return new BigDecimal(s);
    }

    static final String LONG = "aé漢😀-".repeat(5000);

    static final Kind[] KINDS = {
        new Kind("BIT", Types.BIT, OBJECT, ResultSet::getBoolean, true, false),
        new Kind("TINYINT", Types.TINYINT, (s, i, v) -> s.setByte(i, (Byte) v), ResultSet::getByte, (byte) 0, Byte.MAX_VALUE, Byte.MIN_VALUE),
        new Kind("SMALLINT", Types.SMALLINT, (s, i, v) -> s.setShort(i, (Short) v), ResultSet::getShort, (short) 0, Short.MAX_VALUE, Short.MIN_VALUE),
        new Kind("INTEGER", Types.INTEGER, OBJECT, ResultSet::getInt, 0, 1, -1, 255, 256, -256, 65535, Integer.MAX_VALUE, Integer.MIN_VALUE),
        new Kind("BIGINT", Types.BIGINT, OBJECT, ResultSet::getLong, 0L, 1L << 31, 1L << 32, 1L << 40, -1L << 40, Long.MAX_VALUE, -Long.MAX_VALUE),
        new Kind("NUMERIC(10,2)", Types.NUMERIC, OBJECT, ResultSet::getBigDecimal, number("0.00"), number("12.50"), number("99999999.99"), number("-99999999.99"), number("0.01")),
        new Kind("NUMERIC(18,0)", Types.NUMERIC, OBJECT, ResultSet::getBigDecimal, number("0"), number("999999999999999999"), number("-1")),
        new Kind("NUMERIC(18,18)", Types.NUMERIC, OBJECT, ResultSet::getBigDecimal, number("0.123456789012345678"), number("-0.000000000000000001")),
        new Kind("DOUBLE", Types.DOUBLE, OBJECT, ResultSet::getDouble, 0.0, 0.1, 1.5, -2.5, 1.0 / 3, Math.PI, 1e22, 1e-7, Double.MAX_VALUE, Double.MIN_VALUE, 4.9E-320),
        new Kind("VARCHAR(50)", Types.VARCHAR, OBJECT, TEXT, "", " ", "a", "0", "1.0", "1.50", "-0", "1E3", "é", "ÿ\u0080", "Ж漢", "😀", "it's", "trailing  ", "tab\tline\nend", "\u0001\u0000", "NULL", "?"),
        new Kind("VARCHAR(32000)", Types.VARCHAR, OBJECT, TEXT, "a".repeat(253), "a".repeat(254), "é".repeat(255), "漢".repeat(32000), LONG),
        new Kind("CHAR(5)", Types.VARCHAR, OBJECT, TEXT, "12345", ""),
        new Kind("VARBINARY(5000)", Types.VARBINARY, (s, i, v) -> s.setBytes(i, (byte[]) v), ResultSet::getBytes, bytes(1), bytes(256), bytes(5000), new byte[] {0}, new byte[] {0, 1, (byte) 255}),
        new Kind("DATE", Types.DATE, OBJECT, ResultSet::getDate, java.sql.Date.valueOf("2024-02-29"), java.sql.Date.valueOf("1840-12-31"), java.sql.Date.valueOf("9999-12-31")),
        new Kind("TIME", Types.TIME, OBJECT, ResultSet::getTime, Time.valueOf("00:00:00"), Time.valueOf("13:14:15"), Time.valueOf("23:59:59")),
        new Kind("TIMESTAMP", Types.TIMESTAMP, OBJECT, ResultSet::getTimestamp, Timestamp.valueOf("2024-02-29 13:14:15.123456"), Timestamp.valueOf("1970-01-01 00:00:00"), Timestamp.valueOf("1900-01-01 00:00:00.000001"), Timestamp.valueOf("9999-12-31 23:59:59.999999")),
        new Kind("POSIXTIME", Types.TIMESTAMP, OBJECT, ResultSet::getTimestamp, Timestamp.valueOf("2024-02-29 13:14:15.123456"), Timestamp.valueOf("1969-12-31 23:59:59.999999")),
        // The driver itself sends a UNIQUEIDENTIFIER in small letters.
        new Kind("UNIQUEIDENTIFIER", Types.VARCHAR, OBJECT, TEXT, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    };

    static void roundTrip(Connection c, Kind k) throws Exception {
        table(c, "JdbcTest.RoundTrip", "Id INTEGER PRIMARY KEY, V " + k.type());
        List<Object> values = new ArrayList<>(List.of(k.values()));
        values.add(null);
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.RoundTrip (Id, V) VALUES (?, ?)")) {
            for (int i = 0; i < values.size(); i++) {
                s.setInt(1, i);
                if (values.get(i) == null) s.setNull(2, k.jdbc());
                else k.set().set(s, 2, values.get(i));
                same(1, s.executeUpdate());
            }
        }
        try (PreparedStatement s = c.prepareStatement("SELECT V FROM JdbcTest.RoundTrip ORDER BY Id"); ResultSet r = s.executeQuery()) {
            compare(k, values, r, 1);
        }
        try (PreparedStatement s = c.prepareStatement("SELECT V, Id FROM JdbcTest.RoundTrip WHERE Id = ?")) {
            for (int i = 0; i < values.size(); i++) {
                s.setInt(1, i);
                try (ResultSet r = s.executeQuery()) {
                    compare(k, values.subList(i, i + 1), r, 1);
                }
            }
        }
        run(c, "DROP TABLE JdbcTest.RoundTrip");
    }

    static void compare(Kind k, List<Object> values, ResultSet r, int column) throws SQLException {
        for (Object want : values) {
            if (!r.next()) throw new AssertionError("no row with " + shown(want));
            Object got = k.get().get(r, column);
            if (want == null) same(true, r.wasNull());
            else same(want, got);
        }
        same(false, r.next());
    }

    static void doublesBitForBit(Connection c) throws Exception {
        table(c, "JdbcTest.Bits", "Id INTEGER PRIMARY KEY, V DOUBLE");
        Random random = new Random(1);
        double[] values = new double[200];
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Bits VALUES (?, ?)")) {
            for (int i = 0; i < values.length; i++) {
                do values[i] = Double.longBitsToDouble(random.nextLong()); while (!Double.isFinite(values[i]));
                s.setInt(1, i);
                s.setDouble(2, values[i]);
                s.addBatch();
            }
            same(values.length, s.executeBatch().length);
        }
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT V FROM JdbcTest.Bits ORDER BY Id")) {
            for (double want : values) {
                r.next();
                same(Long.toHexString(Double.doubleToRawLongBits(want)), Long.toHexString(Double.doubleToRawLongBits(r.getDouble(1))));
            }
        }
    }

    static void everyCharacter(Connection c) throws Exception {
        table(c, "JdbcTest.Chars", "Id INTEGER PRIMARY KEY, V VARCHAR(300)");
        List<String> values = new ArrayList<>();
        for (int from = 0; from < 0x10000; from += 256) {
            StringBuilder b = new StringBuilder();
            for (int ch = from; ch < from + 256; ch++) if (!Character.isSurrogate((char) ch)) b.append((char) ch);
            if (b.length() > 0) values.add(b.toString());
        }
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Chars VALUES (?, ?)")) {
            for (int i = 0; i < values.size(); i++) {
                s.setInt(1, i);
                s.setString(2, values.get(i));
                s.addBatch();
            }
            s.executeBatch();
        }
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT V FROM JdbcTest.Chars ORDER BY Id")) {
            for (String want : values) {
                r.next();
                same(want, r.getString(1));
            }
        }
    }

    static void vectors(Connection c) throws Exception {
        table(c, "JdbcTest.Vectors", "Id INTEGER PRIMARY KEY, V VECTOR(DOUBLE, 3)");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Vectors VALUES (?, TO_VECTOR(?, DOUBLE, 3))")) {
            for (int i = 1; i <= 3; i++) {
                s.setInt(1, i);
                s.setString(2, i + ",0.5,-1.25");
                same(1, s.executeUpdate());
            }
        }
        try (PreparedStatement s = c.prepareStatement("SELECT TOP 1 Id, V FROM JdbcTest.Vectors ORDER BY VECTOR_DOT_PRODUCT(V, TO_VECTOR(?, DOUBLE, 3)) DESC")) {
            s.setString(1, "1,0,0");
            try (ResultSet r = s.executeQuery()) {
                r.next();
                same(3, r.getInt(1));
                // The profile contrary writes vectors in another form, which the driver leaves as it is.
                same("contrary".equals(System.getenv("IRISDEV_PROFILE")) ? "[3.0, 0.50, -1.250]" : "3,.5,-1.25", r.getString(2));
            }
        }
    }

    static void literals(Connection c) throws Exception {
        same(List.of("1|-2.5|it's|-|2024-02-29|x"), query(c, "SELECT 1, -2.5, 'it''s', NULL, {d '2024-02-29'}, {fn LCASE('X')}"));
        table(c, "JdbcTest.Literal", "Id INTEGER PRIMARY KEY, T VARCHAR(20), N NUMERIC(9,3), D DATE, S TIMESTAMP");
        same(1, run(c, "INSERT INTO JdbcTest.Literal (Id, T, N, D, S) VALUES (-7, 'Ж''', 1.50, {d '1999-12-31'}, {ts '2001-02-03 04:05:06.7'})"));
        same(1, run(c, "INSERT INTO JdbcTest.Literal (Id, T, N, D, S) VALUES (8, '', NULL, NULL, NULL)"));
        same(List.of("-7|Ж'|1.500|1999-12-31|2001-02-03 04:05:06.7", "8||-|-|-"), query(c, "SELECT * FROM JdbcTest.Literal ORDER BY Id"));
        same(List.of("8"), query(c, "SELECT Id FROM JdbcTest.Literal WHERE T = ''"));
        same(List.of("8"), query(c, "SELECT Id FROM JdbcTest.Literal WHERE N IS NULL"));
        same(List.of("-7"), query(c, "SELECT TOP 1 Id FROM JdbcTest.Literal ORDER BY Id"));
        same(List.of("8"), query(c, "SELECT Id FROM JdbcTest.Literal WHERE Id IN (8, 9) AND T NOT LIKE 'Ж%'"));
        same(1, run(c, "UPDATE JdbcTest.Literal SET N = N * 2 WHERE Id = -7"));
        same(0, run(c, "UPDATE JdbcTest.Literal SET N = 1 WHERE Id = 99"));
        same(List.of("3.000"), query(c, "SELECT N FROM JdbcTest.Literal WHERE Id = -7"));
        same(2, run(c, "DELETE FROM JdbcTest.Literal"));
    }

    static void conversions(Connection c) throws Exception {
        table(c, "JdbcTest.Conversion", "Id INTEGER PRIMARY KEY, I INTEGER, N NUMERIC(9,2), D DATE, T VARCHAR(30)");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Conversion VALUES (?, ?, ?, ?, ?)")) {
            s.setString(1, "1");
            s.setString(2, "42");
            s.setString(3, "1.5");
            s.setString(4, "2024-02-29");
            s.setInt(5, 7);
            same(1, s.executeUpdate());
            s.setLong(1, 2);
            s.setObject(2, number("43"));
            s.setInt(3, 2);
            s.setTimestamp(4, Timestamp.valueOf("2024-02-29 00:00:00"));
            s.setBigDecimal(5, number("12.3400"));
            same(1, s.executeUpdate());
        }
        same(List.of("1|42|1.50|2024-02-29|7", "2|43|2.00|2024-02-29|12.3400"), query(c, "SELECT * FROM JdbcTest.Conversion ORDER BY Id"));
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT I, N, D, T FROM JdbcTest.Conversion WHERE Id = 1")) {
            r.next();
            same(42L, r.getLong("I"));
            same(42.0, r.getDouble("i"));
            same(Integer.class, r.getObject(1).getClass());
            same(number("1.50"), r.getObject(2));
            same(java.sql.Date.valueOf("2024-02-29"), r.getObject(3));
            same(7, r.getInt(4));
        }
    }


    static void streams(Connection c) throws Exception {
        try {
            table(c, "JdbcTest.Streams", "Id INTEGER PRIMARY KEY, T LONGVARCHAR, B LONGVARBINARY");
        } catch (SQLException e) {
            throw new Skipped("irisdev has no stream columns: " + e.getMessage());
        }
        String text = "aé漢😀-".repeat(200_000);
        byte[] bytes = bytes(1 << 20);
        try (PreparedStatement s = c.prepareStatement("INSERT INTO JdbcTest.Streams VALUES (?, ?, ?)")) {
            s.setInt(1, 1);
            s.setString(2, text);
            s.setBytes(3, bytes);
            same(1, s.executeUpdate());
            s.setInt(1, 2);
            s.setCharacterStream(2, new java.io.StringReader(text), text.length());
            s.setBinaryStream(3, new java.io.ByteArrayInputStream(bytes), bytes.length);
            same(1, s.executeUpdate());
            s.setInt(1, 3);
            s.setString(2, "short Ж");
            s.setBytes(3, new byte[] {0, 1, 2});
            same(1, s.executeUpdate());
            s.setInt(1, 4);
            s.setNull(2, Types.LONGVARCHAR);
            s.setNull(3, Types.LONGVARBINARY);
            same(1, s.executeUpdate());
        }
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT Id, T, B FROM JdbcTest.Streams ORDER BY Id")) {
            for (int i = 0; i < 2; i++) {
                r.next();
                same(text, r.getString(2));
                same(bytes, r.getBytes(3));
            }
            r.next();
            same("short Ж", r.getString(2));
            same(3, r.getBinaryStream(3).readAllBytes().length);
            r.next();
            same(null, r.getString(2));
            same(null, r.getBytes(3));
        }
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT T, B FROM JdbcTest.Streams WHERE Id = 1")) {
            r.next();
            same(text, new String(r.getClob(1).getSubString(1, text.length())));
            same(bytes, r.getBlob(2).getBytes(1, bytes.length));
        }
    }
}
