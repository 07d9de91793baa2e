package sql

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// generator makes random statements over the tables rd_a and rd_b.
type generator struct {
	*rand.Rand
	args [][]byte
}

// columnsOf are the tables' columns by type.
var columnsOf = map[string][]string{
	"smallint": {"i2"}, "integer": {"i4", "id", "other"}, "bigint": {"i8"}, "numeric": {"n", "m"}, "float8": {"f"}, "real": {"r"}, "text": {"t", "v"},
	"boolean": {"b"}, "date": {"d"}, "timestamp": {"ts"},
}

// constants are values by type, common and extreme ones.
var constants = map[string][]string{
	"smallint":  {"0", "1", "-1", "7", "32767", "-32768", "100"},
	"integer":   {"0", "1", "-1", "2", "3", "10", "2147483647", "-2147483648", "46341", "1000"},
	"bigint":    {"0", "1", "-1", "5", "9223372036854775807", "-9223372036854775807", "3037000500", "1000000"},
	"numeric":   {"0", "0.5", "1.50", "-1.5", "0.01", "-0.01", "99999999.99", "123.456", "3", "0.005", "1000000"},
	"float8":    {"0", "-0", "1", "0.1", "-2.5", "1e308", "5e-324", "1e-7", "NaN", "Infinity", "-Infinity", "3"},
	"real":      {"0", "-0", "1", "0.1", "-2.5", "3e38", "1e-45", "16777217"},
	"text":      {"", " ", "a", "A", "abc", "ABC ", "é", "漢", "10", "9", "-1.5", "a%b", "a_b", "NULL", "zz", "ß"},
	"boolean":   {"t", "f"},
	"date":      {"2024-02-29", "2000-01-01", "1999-12-31", "0001-01-01", "9999-12-31", "1840-12-31", "1970-01-01"},
	"timestamp": {"2024-02-29 12:34:56.789", "2000-01-01 00:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "1969-12-31 23:59:59.5"},
}

// widths of the columns that are shorter than their type.
func fitting(column, value string) string {
	if column == "v" && len([]rune(value)) > 5 {
		return "v"
	}
	return value
}

func pick[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

func (g *generator) one(in int) bool { return g.IntN(in) == 0 }

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// row is a row of values.
func (g *generator) row(id int) string {
	words := []string{strconv.Itoa(id)}
	for _, c := range []struct{ column, typ string }{{"i2", "smallint"}, {"i4", "integer"}, {"i8", "bigint"}, {"n", "numeric"}, {"m", "numeric"}, {"f", "float8"}, {"r", "real"},
		{"t", "text"}, {"v", "text"}, {"b", "boolean"}, {"d", "date"}, {"ts", "timestamp"}} {
		value := fitting(c.column, pick(g, constants[c.typ]))
		if c.column == "m" && len(value) > 6 {
			value = "12.345678"
		}
		if g.one(6) {
			words = append(words, "NULL")
			continue
		}
		words = append(words, quoted(value))
	}
	return "(" + strings.Join(append(words, strconv.Itoa(1+g.IntN(12))), ", ") + ")"
}

// constant is a literal with its type, or a parameter.
func (g *generator) constant(typ string) string {
	value := pick(g, constants[typ])
	if g.one(4) {
		g.args = append(g.args, []byte(value))
		return fmt.Sprintf("$%d::%s", len(g.args), typ)
	}
	if (typ == "integer" || typ == "numeric") && g.one(2) && value[0] != '-' {
		return value
	}
	return quoted(value) + "::" + typ
}

// shapes are expressions by type: @type is an expression of a type.
var shapes = map[string][]string{
	"smallint": {"abs(@smallint)", "coalesce(@smallint, @smallint)"},
	"integer": {"@integer + @integer", "@integer - @integer", "@integer * @integer", "@integer / @integer", "@integer % @integer", "-@integer", "abs(@integer)", "length(@text)",
		"@smallint + @integer", "@numeric::integer", "@float8::integer", "@date - @date", "position(@text in @text)", "coalesce(@integer, @integer)", "nullif(@integer, @integer)",
		"CASE WHEN @boolean THEN @integer ELSE @integer END", "greatest(@integer, @integer)", "@boolean::integer"},
	"bigint":    {"@bigint + @integer", "@bigint - @bigint", "@bigint * @integer", "@bigint / @integer", "@integer::bigint", "CASE WHEN @boolean THEN @bigint END", "@numeric::bigint", "@bigint % @bigint"},
	"numeric":   {"@numeric + @numeric", "@numeric - @numeric", "@numeric * @numeric", "@numeric / @numeric", "@numeric % @numeric", "round(@numeric, 1)", "trunc(@numeric)", "ceil(@numeric)", "floor(@numeric)", "abs(@numeric)", "-@numeric", "@integer::numeric", "@numeric::numeric(8,1)", "coalesce(@numeric, @numeric)", "extract(year from @date)", "sign(@numeric)", "round(@numeric)"},
	"float8":    {"@float8 + @float8", "@float8 - @float8", "@float8 * @float8", "@float8 / @float8", "-@float8", "abs(@float8)", "@numeric::float8", "@real::float8", "@integer::float8", "coalesce(@float8, @float8)", "CASE WHEN @boolean THEN @float8 ELSE @float8 END", "least(@float8, @float8)"},
	"real":      {"@real + @real", "@real * @real", "-@real", "@float8::real", "@integer::real", "coalesce(@real, @real)"},
	"text":      {"@text || @text", "trim(@text)", "substr(@text, 1, 2)", "left(@text, 2)", "replace(@text, 'a', @text)", "@integer::text", "@date::text", "@numeric::text", "@float8::text", "@boolean::text", "coalesce(@text, @text)", "nullif(@text, @text)", "CASE WHEN @boolean THEN @text ELSE 'x' END", "reverse(@text)", "@timestamp::text", "lpad(@text, 3, '*')", "@text::varchar(2)", "concat(@text, @integer)"},
	"boolean":   {"@integer < @integer", "@integer = @smallint", "@bigint >= @integer", "@numeric > @numeric", "@numeric = @integer", "@float8 = @float8", "@float8 <= @float8", "@real < @float8", "@text = @text", "@text < @text", "@text LIKE 'a%'", "@text IN ('a', 'abc', @text)", "@date = @date", "@date < @timestamp", "@timestamp >= @timestamp", "@boolean AND @boolean", "@boolean OR @boolean", "NOT @boolean", "@integer IS NULL", "@text IS NOT NULL", "@boolean IS TRUE", "@integer BETWEEN @integer AND @integer", "@float8 IS DISTINCT FROM @float8", "@text IS NOT DISTINCT FROM @text", "@integer IN (1, 2, @integer)", "@boolean IS NOT UNKNOWN", "@numeric IN (0, 1.5)", "@integer <> ANY (ARRAY[1, 2])"},
	"date":      {"@date + 1", "@date - 1", "@timestamp::date", "coalesce(@date, @date)", "greatest(@date, @date)", "CASE WHEN @boolean THEN @date END"},
	"timestamp": {"@date::timestamp", "@timestamp + interval '1 day'", "@timestamp - interval '1 month 2 hours'", "date_trunc('month', @timestamp)", "coalesce(@timestamp, @timestamp)"},
}

// expression makes one of a type with columns of the alias.
func (g *generator) expression(typ, alias string, depth int) string {
	switch {
	case depth > 0 && !g.one(3):
		return "(" + g.fill(pick(g, shapes[typ]), alias, depth-1) + ")"
	case g.one(3):
		return g.constant(typ)
	}
	return alias + "." + pick(g, columnsOf[typ])
}

// fill replaces each @type of a shape.
func (g *generator) fill(shape, alias string, depth int) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(shape, "@")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		end := strings.IndexFunc(after, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
		if end < 0 {
			end = len(after)
		}
		out.WriteString(g.expression(after[:end], alias, depth))
		shape = after[end:]
	}
}

var typeNames = []string{"smallint", "integer", "bigint", "numeric", "float8", "real", "text", "boolean", "date", "timestamp"}

// statement makes the next random one.
func (g *generator) statement() statement {
	g.args = nil
	sql, changes := "", false
	switch g.IntN(10) {
	case 0, 1:
		sql, changes = g.update(), true
	case 2:
		sql, changes = g.insert(), true
	case 3:
		sql = g.grouped()
	case 4:
		sql = g.joined()
	case 5:
		sql = g.nested()
	default:
		sql = "SELECT id, " + g.list("a", 3) + " FROM rd_a AS a WHERE " + g.expression("boolean", "a", 2) + " ORDER BY id"
	}
	return statement{sql: sql, args: g.args, changes: changes}
}

func (g *generator) list(alias string, n int) string {
	items := make([]string, 1+g.IntN(n))
	for i := range items {
		items[i] = fmt.Sprintf("%s AS x%d", g.expression(pick(g, typeNames), alias, 2), i)
	}
	return strings.Join(items, ", ")
}

var targets = map[string]string{"i2": "smallint", "i4": "integer", "i8": "bigint", "n": "numeric", "m": "numeric", "f": "float8", "r": "real", "t": "text", "v": "text", "b": "boolean", "d": "date", "ts": "timestamp"}

var targetNames = []string{"i2", "i4", "i8", "n", "m", "f", "r", "t", "v", "b", "d", "ts"}

func (g *generator) update() string {
	column := pick(g, targetNames)
	sql := "UPDATE rd_a AS a SET " + column + " = " + g.expression(targets[column], "a", 2) + " WHERE " + g.expression("boolean", "a", 1)
	if g.one(3) {
		sql = "UPDATE rd_a AS a SET " + column + " = " + g.expression(targets[column], "a", 2) + " WHERE a.id = " + strconv.Itoa(1+g.IntN(12)) + " RETURNING id, " + column
	}
	return sql
}

func (g *generator) insert() string {
	column := pick(g, targetNames)
	return "INSERT INTO rd_a (id, " + column + ", other) SELECT a.id + 100, " + g.expression(targets[column], "a", 2) + ", 1 FROM rd_b AS a WHERE a.id NOT IN (SELECT c.id - 100 FROM rd_a AS c) AND " + g.expression("boolean", "a", 1)
}

var aggregates = []string{"count(*)", "count(@text)", "sum(@integer)", "sum(@numeric)", "max(@text)", "min(@date)", "max(@numeric)", "avg(@integer)", "avg(@numeric)", "count(DISTINCT @integer)", "sum(@bigint)", "max(@timestamp)", "bool_and(@boolean)"}

func (g *generator) grouped() string {
	key := g.expression(pick(g, []string{"text", "integer", "boolean", "date", "numeric"}), "a", 1)
	return "SELECT " + key + " AS k, " + g.fill(pick(g, aggregates), "a", 1) + " AS x, " + g.fill(pick(g, aggregates), "a", 1) + " AS y FROM rd_a AS a GROUP BY 1 ORDER BY 1"
}

func (g *generator) joined() string {
	kind := pick(g, []string{"JOIN", "LEFT JOIN", "FULL JOIN"})
	return "SELECT a.id AS aid, c.id AS cid, " + g.list("c", 2) + " FROM rd_a AS a " + kind + " rd_b AS c ON a.other = c.id WHERE " + g.expression("boolean", "a", 1) + " OR " + g.expression("boolean", "c", 1) + " ORDER BY 1, 2"
}

func (g *generator) nested() string {
	typ := pick(g, typeNames)
	switch g.IntN(4) {
	case 0:
		return "SELECT q.id, q.x FROM (SELECT a.id, " + g.expression(typ, "a", 2) + " AS x FROM rd_a AS a ORDER BY a.id LIMIT 5) AS q ORDER BY 1"
	case 1:
		return "SELECT a.id FROM rd_a AS a WHERE EXISTS (SELECT 1 FROM rd_b AS c WHERE c.other = a.id AND " + g.expression("boolean", "c", 1) + ") ORDER BY 1"
	case 2:
		return "SELECT a.id, " + g.expression(typ, "a", 1) + " FROM rd_a AS a UNION ALL SELECT c.id + 50, " + g.expression(typ, "c", 1) + " FROM rd_b AS c ORDER BY 1"
	}
	return "SELECT a.id, (SELECT max(" + g.expression(pick(g, []string{"integer", "numeric", "text"}), "c", 1) + ") FROM rd_b AS c WHERE c.other = a.id) AS x FROM rd_a AS a ORDER BY 1"
}
