import java.sql.*;
import java.util.*;

/** DatabaseMetaData. */
public class Catalogue extends Harness {
    static void catalogueTables(Connection c) throws Exception {
        run(c, "DROP TABLE IF EXISTS JdbcCat.Child");
        table(c, "JdbcCat.Parent", "A INTEGER NOT NULL, B VARCHAR(10) NOT NULL, CONSTRAINT ParentPK PRIMARY KEY (A, B)");
        table(c, "JdbcCat.Child", "Id INTEGER IDENTITY, N NUMERIC(10,2) NOT NULL, T VARCHAR(33) DEFAULT 'x', D TIMESTAMP, PA INTEGER, PB VARCHAR(10), CONSTRAINT ChildPK PRIMARY KEY (Id), CONSTRAINT ChildU UNIQUE (N), CONSTRAINT ChildFK FOREIGN KEY (PA, PB) REFERENCES JdbcCat.Parent (A, B) ON DELETE CASCADE");
        run(c, "CREATE INDEX ChildT ON JdbcCat.Child (T)");
        run(c, "DROP VIEW IF EXISTS JdbcCat.Shown");
        run(c, "CREATE VIEW JdbcCat.Shown AS SELECT Id, T FROM JdbcCat.Child");
        DatabaseMetaData m = c.getMetaData();
        same(List.of("JdbcCat|Child|TABLE", "JdbcCat|Parent|TABLE"), pick(m.getTables(null, "JdbcCat", "%", new String[] {"TABLE"}), "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE"));
        same(List.of("Shown"), pick(m.getTables(null, "JdbcCat", "%", new String[] {"VIEW"}), "TABLE_NAME"));
        same(List.of("Child"), pick(m.getTables(null, "JdbcCat", "Ch%", null), "TABLE_NAME"));
        same(true, pick(m.getSchemas(), "TABLE_SCHEM").contains("JdbcCat"));
        same(true, pick(m.getTableTypes(), "TABLE_TYPE").containsAll(List.of("TABLE", "VIEW", "SYSTEM TABLE")));
        same(List.of("Id|4|INTEGER|0|1", "N|2|NUMERIC|0|2", "T|12|VARCHAR|1|3", "D|93|TIMESTAMP|1|4", "PA|4|INTEGER|1|5", "PB|12|VARCHAR|1|6"),
                pick(m.getColumns(null, "JdbcCat", "Child", "%"), "COLUMN_NAME", "DATA_TYPE", "TYPE_NAME", "NULLABLE", "ORDINAL_POSITION"));
        same(List.of("N|10|2|NO"), pick(m.getColumns(null, "JdbcCat", "Child", "N"), "COLUMN_NAME", "COLUMN_SIZE", "DECIMAL_DIGITS", "IS_NULLABLE"));
        same(List.of("33|YES"), pick(m.getColumns(null, "JdbcCat", "Child", "T"), "COLUMN_SIZE", "IS_NULLABLE"));
    }

    static void catalogueKeys(Connection c) throws Exception {
        DatabaseMetaData m = c.getMetaData();
        same(List.of("Parent|A|1|ParentPK", "Parent|B|2|ParentPK"), pick(m.getPrimaryKeys(null, "JdbcCat", "Parent"), "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME"));
        String[] key = {"PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "KEY_SEQ", "UPDATE_RULE", "DELETE_RULE", "FK_NAME"};
        List<String> want = List.of("Parent|A|Child|PA|1|3|0|ChildFK", "Parent|B|Child|PB|2|3|0|ChildFK");
        same(want, pick(m.getImportedKeys(null, "JdbcCat", "Child"), key));
        same(want, pick(m.getExportedKeys(null, "JdbcCat", "Parent"), key));
        same(want, pick(m.getCrossReference(null, "JdbcCat", "Parent", null, "JdbcCat", "Child"), key));
        same(List.of(), pick(m.getImportedKeys(null, "JdbcCat", "Parent"), key));
        List<String> unique = pick(m.getIndexInfo(null, "JdbcCat", "Child", true, true), "NON_UNIQUE", "INDEX_NAME", "COLUMN_NAME", "ORDINAL_POSITION");
        if (!unique.contains("0|ChildU|N|1") || !unique.contains("0|ChildPK|Id|1") || unique.toString().contains("ChildT")) throw new AssertionError(unique);
        List<String> all = pick(m.getIndexInfo(null, "JdbcCat", "Child", false, true), "NON_UNIQUE", "INDEX_NAME", "COLUMN_NAME", "ORDINAL_POSITION");
        if (!all.contains("1|ChildT|T|1")) throw new AssertionError(all);
        same(1, pick(m.getBestRowIdentifier(null, "JdbcCat", "Child", DatabaseMetaData.bestRowSession, false), "COLUMN_NAME").size());
    }

    static void catalogueRest(Connection c) throws Exception {
        DatabaseMetaData m = c.getMetaData();
        List<String> types = pick(m.getTypeInfo(), "TYPE_NAME", "DATA_TYPE");
        for (String t : new String[] {"BIGINT|-5", "INTEGER|4", "VARCHAR|12", "NUMERIC|2", "DOUBLE|8", "DATE|91", "TIMESTAMP|93", "BIT|-7"})
            if (!types.contains(t)) throw new AssertionError(t + " is not in " + types);
        same(List.of(), pick(m.getProcedures(null, null, "%"), "PROCEDURE_NAME"));
        same(List.of(), pick(m.getProcedureColumns(null, null, "%", "%"), "COLUMN_NAME"));
        same(List.of(), pick(m.getTablePrivileges(null, "JdbcCat", "Nothing"), "PRIVILEGE"));
        same(List.of(), pick(m.getColumnPrivileges(null, "JdbcCat", "Nothing", "%"), "PRIVILEGE"));
        same(List.of(), pick(m.getVersionColumns(null, "JdbcCat", "Child"), "COLUMN_NAME"));
        same(List.of(), pick(m.getCatalogs(), "TABLE_CAT"));
        same(List.of(), pick(m.getUDTs(null, null, "%", null), "TYPE_NAME"));
        same(List.of(), pick(m.getFunctions(null, null, "%"), "FUNCTION_NAME"));
    }
}
