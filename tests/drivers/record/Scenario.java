import com.intersystems.jdbc.*;
import java.io.*;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.*;

/** The recorded scenario for InterSystems' JDBC driver. */
public class Scenario {
    static Socket steps;

    static void step(String name) throws IOException {
        steps.getOutputStream().write((name + "\n").getBytes(StandardCharsets.UTF_8));
        steps.getInputStream().read();
    }

    static Connection connect(String password) throws SQLException {
        return DriverManager.getConnection("jdbc:IRIS://" + System.getenv("IRISDEV_ADDRESS") + "/USER", "_SYSTEM", password);
    }

    interface Body {
        void run() throws Exception;
    }

    static void refused(Body body) {
        try {
            body.run();
        } catch (Exception e) {
            return;
        }
        throw new AssertionError("not refused");
    }

    static int read(ResultSet r) throws SQLException {
        int n = 0;
        for (; r.next(); n++) for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) r.getObject(i);
        r.close();
        return n;
    }

    static final String COLUMNS = "Id, KSmall, KBig, KBit, KNumeric, KDouble, KText, KUnicode, KBinary, KDate, KTime, KStamp";
    static final String INSERT = "INSERT INTO Rec.Kinds (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    public static void main(String[] args) throws Exception {
        String[] at = System.getenv("RECORD_STEPS").split(":");
        steps = new Socket(at[0], Integer.parseInt(at[1]));
        step("refused login");
        refused(() -> connect("wrong"));
        step("connect");
        Connection c = connect("SYS");
        statements(c);
        many(c);
        transactions(c);
        streams(c);
        natives(IRIS.createIRIS((IRISConnection) c));
        step("disconnect");
        c.close();
    }

    static void statements(Connection c) throws Exception {
        step("select 1");
        try (Statement s = c.createStatement()) {
            read(s.executeQuery("SELECT 1"));
        }
        step("create");
        try (Statement s = c.createStatement()) {
            s.execute("CREATE TABLE Rec.Kinds (Id INTEGER PRIMARY KEY, KSmall SMALLINT, KBig BIGINT, KBit BIT, KNumeric NUMERIC(10,2), "
                + "KDouble DOUBLE, KText VARCHAR(50), KUnicode VARCHAR(50), KBinary VARBINARY(50), KDate DATE, KTime TIME, KStamp TIMESTAMP)");
            s.execute("CREATE TABLE Rec.Many (Id INTEGER PRIMARY KEY, T VARCHAR(3000))");
            s.execute("CREATE TABLE Rec.Streams (Id INTEGER PRIMARY KEY, T LONGVARCHAR, B LONGVARBINARY)");
        }
        step("insert");
        PreparedStatement insert = c.prepareStatement(INSERT);
        insert.setInt(1, 1);
        insert.setShort(2, (short) -32768);
        insert.setLong(3, 9007199254740993L);
        insert.setBoolean(4, true);
        insert.setBigDecimal(5, new BigDecimal("12345.67"));
        insert.setDouble(6, 0.1);
        insert.setString(7, "h\u00e9llo");
        insert.setString(8, "\u6f22 \ud83d\ude00");
        insert.setBytes(9, new byte[] {0, (byte) 255, 65});
        insert.setDate(10, Date.valueOf("2024-02-29"));
        insert.setTime(11, Time.valueOf("13:14:15"));
        insert.setTimestamp(12, Timestamp.valueOf("2024-02-29 13:14:15.123"));
        insert.executeUpdate();
        step("insert again");
        insert.setInt(1, 2);
        for (int i = 2; i <= 12; i++) insert.setNull(i, Types.VARCHAR);
        insert.setString(7, "");
        insert.executeUpdate();
        insert.close();
        step("query");
        try (PreparedStatement s = c.prepareStatement("SELECT " + COLUMNS + " FROM Rec.Kinds WHERE Id > ? ORDER BY Id")) {
            s.setInt(1, 0);
            if (read(s.executeQuery()) != 2) throw new AssertionError("rows");
        }
    }

    static void many(Connection c) throws Exception {
        step("batch");
        try (PreparedStatement s = c.prepareStatement("INSERT INTO Rec.Many (Id, T) VALUES (?, ?)")) {
            for (int i = 1; i <= 20; i++) {
                s.setInt(1, i);
                s.setString(2, "x".repeat(3000));
                s.addBatch();
            }
            s.executeBatch();
        }
        step("fetch");
        try (PreparedStatement s = c.prepareStatement("SELECT Id, T FROM Rec.Many ORDER BY Id")) {
            if (read(s.executeQuery()) != 20) throw new AssertionError("rows");
        }
        step("abandon");
        try (PreparedStatement s = c.prepareStatement("SELECT Id, T FROM Rec.Many ORDER BY Id")) {
            s.executeQuery().next();
        }
        step("no table");
        try (PreparedStatement s = c.prepareStatement("SELECT * FROM Rec.Nope")) {
            refused(s::executeQuery);
        } catch (SQLException e) { // some versions ask the server when they prepare
        }
        step("duplicate key");
        refused(() -> insert(c, 1));
    }

    static void insert(Connection c, int id) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("INSERT INTO Rec.Many (Id, T) VALUES (?, ?)")) {
            s.setInt(1, id);
            s.setString(2, "y");
            s.executeUpdate();
        }
    }

    static void transactions(Connection c) throws Exception {
        step("commit");
        c.setAutoCommit(false);
        insert(c, 21);
        c.commit();
        step("rollback");
        insert(c, 22);
        c.rollback();
        c.setAutoCommit(true);
    }

    static void streams(Connection c) throws Exception {
        step("write streams");
        byte[] bytes = new byte[1100000];
        for (int i = 1; i < bytes.length; i += 2) bytes[i] = (byte) 255;
        try (PreparedStatement s = c.prepareStatement("INSERT INTO Rec.Streams (Id, T, B) VALUES (?, ?, ?)")) {
            s.setInt(1, 1);
            s.setCharacterStream(2, new StringReader("\u0416" + "x".repeat(1100000)), 1100001);
            s.setBinaryStream(3, new ByteArrayInputStream(bytes), bytes.length);
            s.executeUpdate();
        }
        step("read streams");
        try (PreparedStatement s = c.prepareStatement("SELECT T, B FROM Rec.Streams"); ResultSet r = s.executeQuery()) {
            r.next();
            if (r.getString(1).length() != 1100001 || r.getBytes(2).length != 1100000) throw new AssertionError("length");
        }
    }

    static void natives(IRIS iris) throws Exception {
        step("native set");
        iris.set("\u00e9", "RecGlobal", 1, "a");
        iris.set(42, "RecGlobal", 2);
        step("native get");
        if (!"\u00e9".equals(iris.getString("RecGlobal", 1, "a"))) throw new AssertionError("text");
        if (iris.getInteger("RecGlobal", 2) != 42) throw new AssertionError("number");
        if (iris.getString("RecGlobal", 3) != null) throw new AssertionError("undefined");
        step("native data");
        iris.isDefined("RecGlobal", 1);
        step("native increment");
        iris.increment(3, "RecGlobal", "n");
        step("native lock");
        iris.lock("", 1, "^RecGlobal");
        iris.unlock("", "^RecGlobal");
        step("native class method");
        iris.classMethodString("%SYSTEM.Version", "GetNumber");
        step("native error");
        refused(() -> iris.classMethodString("No.Such.Class", "Method", 1, "a"));
        step("native kill");
        iris.kill("RecGlobal");
    }
}
