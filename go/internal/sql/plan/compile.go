package plan

import (
	"context"
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// Input is a parsed statement and what its meaning depends on.
type Input struct {
	Text      string // the whole text that positions refer to
	Statement parse.Statement
	Declared  []pgtypes.OID
	Schema    schema.Source
	User      string
	Path      []string // search_path in PostgreSQL's names, "$user" resolved
	Public    string   // the IRIS schema that public stands for
	Style     pgtypes.Style
	// Major and Minor are IRIS's version.
	Major, Minor int
	// RefuseWide refuses numeric columns of more than 18 digits instead of storing them as NUMERIC(18,6).
	RefuseWide bool
}

// compiler holds one statement's compilation.
type compiler struct {
	ctx context.Context
	in  Input
	out *Statement
}

// Compile makes a statement's plan. Its error is a *pgerr.Error about the statement, or one of the connection that was
// asked about tables.
func Compile(ctx context.Context, in Input) (*Statement, error) {
	c := &compiler{ctx: ctx, in: in, out: &Statement{}}
	if err := c.statement(in.Statement.Node); err != nil {
		return nil, err
	}
	if len(c.out.Steps) == 0 {
		c.out.DDL = false // only a NOTICE: there is nothing that IRIS could not roll back
	}
	return c.out, nil
}

func (c *compiler) statement(node parse.Stmt) error {
	switch n := node.(type) {
	case *parse.Select, *parse.Insert, *parse.Update, *parse.Delete:
		return c.analyzed()
	case *parse.CreateTable:
		return c.createTable(n)
	case *parse.CreateTableAs:
		return c.createTableAs(n)
	case *parse.AlterTable:
		return c.alterTable(n)
	case *parse.Rename:
		return c.rename(n)
	case *parse.Drop:
		return c.drop(n)
	case *parse.CreateIndex:
		return c.createIndex(n)
	case *parse.CreateView:
		return c.createView(n)
	case *parse.CreateSchema:
		return c.createSchema(n)
	case *parse.CreateExtension:
		return c.createExtension(n)
	case *parse.Truncate:
		return c.truncate(n)
	}
	construct := constructOf(node)
	if construct == "" {
		construct = firstWords(c.in.Statement.Text)
	}
	return c.notBuilt(node, construct)
}

// firstWords is how a statement begins: GRANT, CREATE ROLE.
func firstWords(text string) string {
	words := strings.Fields(strings.ToUpper(text))
	n := min(1, len(words))
	if n > 0 && (words[0] == "CREATE" || words[0] == "ALTER" || words[0] == "DROP") {
		n = min(2, len(words))
	}
	return strings.Join(words[:n], " ")
}

// at is a node's position for the client.
func (c *compiler) at(n parse.Node) int { return parse.CharPos(c.in.Text, n.Pos()) }

// notBuilt refuses a construct at its place.
func (c *compiler) notBuilt(n parse.Node, construct string) error {
	return pgerr.NotBuilt(c.at(n), construct)
}

// notice adds a NOTICE.
func (c *compiler) notice(code, message, hint string) {
	c.out.Notices = append(c.out.Notices, Notice{Severity: "NOTICE", Code: code, Message: message, Hint: hint})
}

// direct adds a step that is sent as it is.
func (c *compiler) direct(sql string) {
	c.out.Steps = append(c.out.Steps, Step{Kind: DirectStep, SQL: sql})
}

// atLeast compares IRIS's version.
func (c *compiler) atLeast(major, minor int) bool {
	return c.in.Major > major || c.in.Major == major && c.in.Minor >= minor
}

// constructOf names a statement that is not built.
func constructOf(node parse.Stmt) string {
	switch n := node.(type) {
	case *parse.Unsupported:
		return n.Construct
	case *parse.Merge:
		return "MERGE"
	case *parse.CreateSequence:
		return "CREATE SEQUENCE"
	case *parse.AlterSequence:
		return "ALTER SEQUENCE"
	case *parse.CreateType:
		return "CREATE TYPE"
	case *parse.CreateDomain:
		return "CREATE DOMAIN"
	case *parse.AlterDomain:
		return "ALTER DOMAIN"
	case *parse.AlterEnum, *parse.AlterComposite, *parse.AlterTypeOptions:
		return "ALTER TYPE"
	case *parse.AlterExtension:
		return "ALTER EXTENSION"
	case *parse.SetSchema:
		return "ALTER " + string(n.Kind) + " ... SET SCHEMA"
	case *parse.OwnerToStmt:
		return "ALTER " + string(n.Kind) + " ... OWNER TO"
	case *parse.Comment:
		return "COMMENT ON " + n.Kind
	}
	return ""
}
