package plan

import (
	"fmt"
	"strconv"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// createIndex is CREATE INDEX. An index that only makes queries faster and that IRIS has no counterpart of is not made, with
// a NOTICE; one that decides which rows may exist is refused.
func (c *compiler) createIndex(n *parse.CreateIndex) error {
	c.out.Tag = "CREATE INDEX"
	t, err := c.existing(n.Table)
	if err != nil {
		return err
	}
	if t.View {
		return pgerr.New(pgerr.WrongObjectType, "cannot create index on relation %q", t.Name).
			WithDetail("This operation is not supported for views.")
	}
	columns, err := c.indexColumns(n, t)
	if err != nil {
		return err
	}
	name, exists, err := c.indexName(n, t)
	if err != nil || exists {
		return err
	}
	if n.Method == "hnsw" || n.Method == "ivfflat" {
		return c.vectorIndex(n, t, name, columns)
	}
	if n.Unique {
		return c.uniqueIndex(n, t, name, columns)
	}
	switch {
	case n.Method != "" && n.Method != "btree" && n.Method != "hash":
		c.noIndex(name, "IRIS has no "+n.Method+" index")
		return nil
	case columns == nil:
		c.noIndex(name, "IRIS has no index on an expression")
		return nil
	}
	c.out.DDL = true
	c.direct("CREATE INDEX " + irissql.Quote(name) + " ON TABLE " + printed(t) + " " + columnList(columns))
	return nil
}

func (c *compiler) noIndex(name, reason string) {
	c.notice("00000", fmt.Sprintf("index %q is not created: %s", name, reason), "Queries give the same results without it.")
}

// indexColumns gives the stored names of the keys; nil when one is an expression.
func (c *compiler) indexColumns(n *parse.CreateIndex, t *schema.Table) ([]string, error) {
	var out []string
	expressions := false
	for i := range n.Keys {
		k := &n.Keys[i]
		if k.Column == "" {
			expressions = true
			continue
		}
		at, ok := t.Column(k.Column)
		if !ok {
			return nil, pgerr.New(pgerr.UndefinedColumn, "column %q does not exist", k.Column).At(0)
		}
		out = append(out, t.Columns[at].Name)
	}
	if expressions {
		return nil, nil
	}
	return out, nil
}

// indexName is the given or PostgreSQL's own name; exists is true when IF NOT EXISTS found one.
func (c *compiler) indexName(n *parse.CreateIndex, t *schema.Table) (name string, exists bool, err error) {
	taken, err := c.takenIndexes(t)
	if err != nil {
		return "", false, err
	}
	if n.Name == "" {
		var words []string
		for i := range n.Keys {
			words = append(words, n.Keys[i].Column)
			if n.Keys[i].Column == "" {
				words[i] = "expr"
			}
		}
		return objectName(t.Name, strings.Join(words, "_"), "idx", taken), false, nil
	}
	if err := c.storableName(n, "index name", n.Name); err != nil {
		return "", false, err
	}
	if !taken(n.Name) {
		return n.Name, false, nil
	}
	if !n.IfNotExists {
		return "", false, pgerr.New(pgerr.DuplicateTable, "relation %q already exists", n.Name)
	}
	c.notice(pgerr.DuplicateTable, fmt.Sprintf("relation %q already exists, skipping", n.Name), "")
	return n.Name, true, nil
}

// takenIndexes tells which names are in use in the table's schema.
func (c *compiler) takenIndexes(t *schema.Table) (func(string) bool, error) {
	f, ok := c.in.Schema.(schema.Finder)
	if !ok {
		return func(string) bool { return false }, nil
	}
	own, err := f.TableIndexes(c.ctx, t.Schema, t.Name)
	if err != nil {
		return nil, err
	}
	return func(name string) bool {
		for _, ix := range own {
			if strings.EqualFold(ix.Name, name) {
				return true
			}
		}
		others, err := f.FindIndex(c.ctx, t.Schema, name)
		return err == nil && len(others) > 0
	}, nil
}

func (c *compiler) uniqueIndex(n *parse.CreateIndex, t *schema.Table, name string, columns []string) error {
	switch {
	case n.Where != nil:
		return c.notBuilt(n.Where, "a unique index with WHERE")
	case n.NullsNotDistinct:
		return c.notBuilt(n, "UNIQUE NULLS NOT DISTINCT")
	case columns == nil:
		return c.notBuilt(n, "a unique index on an expression")
	case n.Method != "" && n.Method != "btree":
		return pgerr.New(pgerr.FeatureNotSupported, "access method %q does not support unique indexes", n.Method)
	}
	for _, col := range columns {
		if i, _ := t.Column(col); !uniqueAsPostgreSQL(&t.Columns[i]) {
			return c.notBuilt(n, "a unique index on column \""+col+"\", whose collation in IRIS is not EXACT,")
		}
	}
	c.out.DDL = true
	c.direct("CREATE UNIQUE INDEX " + irissql.Quote(name) + " ON TABLE " + printed(t) + " " + columnList(columns))
	return nil
}

// uniqueAsPostgreSQL reports that equal in IRIS is equal in PostgreSQL: text needs the EXACT collation.
func uniqueAsPostgreSQL(col *schema.Column) bool {
	return col.Exact || col.Stored.ODBC != 12
}

// distances are pgvector's operator classes that HNSW has in IRIS (IRIS docs, "Using Vector Search").
var distances = map[string]string{"vector_cosine_ops": "Cosine", "vector_ip_ops": "DotProduct"}

// vectorIndex is USING hnsw or ivfflat.
func (c *compiler) vectorIndex(n *parse.CreateIndex, t *schema.Table, name string, columns []string) error {
	if len(n.Keys) != 1 || columns == nil {
		return pgerr.New(pgerr.FeatureNotSupported, "access method %q does not support multicolumn indexes", n.Method)
	}
	i, _ := t.Column(columns[0])
	col := &t.Columns[i]
	class := "vector_l2_ops"
	if len(n.Keys[0].OpClass) > 0 {
		class = n.Keys[0].OpClass[len(n.Keys[0].OpClass)-1]
	}
	switch {
	case col.Type.OID != pgtypes.Vector:
		return pgerr.New(pgerr.UndefinedObject, "data type %s has no default operator class for access method %q", pgtypes.Format(col.Type), n.Method).
			WithHint("You must specify an operator class for the index or define a default operator class for the data type.")
	case col.Type.Mod < 0:
		return pgerr.New(pgerr.InvalidParameterValue, "column does not have dimensions")
	case n.Method != "hnsw":
		c.noIndex(name, "IRIS has no "+n.Method+" index")
		return nil
	case distances[class] == "":
		c.noIndex(name, "IRIS has no HNSW index for "+class)
		return nil
	case !c.atLeast(2025, 1):
		c.noIndex(name, fmt.Sprintf("IRIS %d.%d has no HNSW index", c.in.Major, c.in.Minor))
		return nil
	case col.Stored.Element != "DOUBLE" && col.Stored.Element != "DECIMAL":
		c.noIndex(name, "IRIS indexes vectors of DOUBLE and DECIMAL only")
		return nil
	}
	options, err := c.hnswOptions(n)
	if err != nil {
		return err
	}
	c.out.DDL = true
	c.direct("CREATE INDEX " + irissql.Quote(name) + " ON TABLE " + printed(t) + " " + columnList(columns) + " AS HNSW(" + options +
		"Distance='" + distances[class] + "')")
	return nil
}

// hnswOptions prints m and ef_construction where they are given: not every build takes them.
func (c *compiler) hnswOptions(n *parse.CreateIndex) (string, error) {
	out := ""
	m, ef := 16, 64
	for i := range n.Options {
		o := &n.Options[i]
		lit, ok := o.Value.(*parse.Literal)
		if !ok || lit.Kind != parse.IntLiteral {
			return "", pgerr.New(pgerr.InvalidParameterValue, "invalid value for integer option %q", o.Name)
		}
		v, _ := strconv.Atoi(lit.Text)
		switch o.Name {
		case "m":
			if m = v; v < 2 || v > 100 {
				return "", pgerr.New(pgerr.InvalidParameterValue, "value %d out of bounds for option \"m\"", v).
					WithDetail("Valid values are between \"2\" and \"100\".")
			}
			out += fmt.Sprintf("M=%d, ", v)
		case "ef_construction":
			if ef = v; v < 4 || v > 1000 {
				return "", pgerr.New(pgerr.InvalidParameterValue, "value %d out of bounds for option \"ef_construction\"", v).
					WithDetail("Valid values are between \"4\" and \"1000\".")
			}
			out += fmt.Sprintf("efConstruction=%d, ", v)
		default:
			return "", pgerr.New(pgerr.InvalidParameterValue, "unrecognized parameter %q", o.Name)
		}
	}
	if ef < 2*m {
		return "", pgerr.New(pgerr.InvalidParameterValue, "ef_construction must be greater than or equal to 2 * m")
	}
	return out, nil
}
