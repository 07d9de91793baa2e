package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/compile"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

func translateCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "translate [--dir DIR] SQL",
		Short: "Print the IRIS SQL of PostgreSQL statements",
		Long: "Prints the IRIS SQL that each statement becomes, with its parameters, or the error that a client would get. Nothing is executed. " +
			"With --dir, tables are looked up in the IRIS of DIR/config.json; without it no server is asked and there are no tables. " + credentialsHelp,
		Args: cobra.ExactArgs(1),
		RunE: command(func(cmd *cobra.Command, args []string) error {
			return translate(cmd.Context(), cmd.OutOrStdout(), dir, args[0])
		}),
	}
	cmd.Flags().StringVar(&dir, "dir", "", "the directory of config.json")
	return cmd
}

// translate prints what each statement of text becomes.
func translate(ctx context.Context, out io.Writer, dir, text string) error {
	cfg := config.Default()
	in := session.Input{Text: text, Namespace: "USER", User: "_SYSTEM", Path: []string{"public"}}
	if dir != "" {
		var err error
		if cfg, err = loadConfig(dir); err != nil {
			return err
		}
		conn, login, err := logIn(ctx, dir, cfg)
		if err != nil {
			return err
		}
		defer conn.Close()
		in.Namespace, in.User = login.Namespace, login.User
		in.Conn = func(context.Context) (iris.Conn, error) { return conn, nil }
	}
	compiler := compile.New(compile.Options{Public: cfg.PublicSchema, RefuseWide: cfg.NumericStorage == "refuse"})
	list, err := parse.Parse(text)
	if err != nil {
		return clientError(text, err)
	}
	for _, st := range list {
		if session.Local(st.Node) {
			fmt.Fprintf(out, "-- the gateway runs this itself: %s\n", st.Text)
			continue
		}
		in.Statement = st
		p, err := compiler.Compile(ctx, in)
		if err != nil {
			var refused *iris.Error
			if errors.As(err, &refused) {
				err = compiler.MapError(refused)
			}
			return clientError(text, err)
		}
		printPlan(out, p)
	}
	return nil
}

// clientError words an error as psql shows it, with the place in the text.
func clientError(text string, err error) error {
	var e *pgerr.Error
	if !errors.As(err, &e) {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "ERROR:  %s: %s", e.Code, e.Message)
	if e.Position > 0 {
		line, number, column := lineAt(text, e.Position)
		fmt.Fprintf(&b, "\nLINE %d: %s\n%s^", number, line, strings.Repeat(" ", len(fmt.Sprintf("LINE %d: ", number))+column))
	}
	if e.Detail != "" {
		fmt.Fprintf(&b, "\nDETAIL:  %s", e.Detail)
	}
	if e.Hint != "" {
		fmt.Fprintf(&b, "\nHINT:  %s", e.Hint)
	}
	return errors.New(b.String())
}

// lineAt finds the line of a 1-based character position, its number, and the characters before the position in it.
func lineAt(text string, position int) (line string, number, column int) {
	rest := position - 1
	for number, line = range strings.Split(text, "\n") {
		n := utf8.RuneCountInString(line)
		if rest <= n {
			return line, number + 1, rest
		}
		rest -= n + 1
	}
	return line, number + 1, utf8.RuneCountInString(line)
}

// printPlan prints the steps with their arguments.
func printPlan(out io.Writer, p *plan.Statement) {
	if len(p.Steps) == 0 {
		fmt.Fprintf(out, "-- %s: nothing is sent to IRIS\n", p.Tag)
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		if len(p.Steps) > 1 {
			fmt.Fprintf(out, "-- step %d of %d\n", i+1, len(p.Steps))
		}
		fmt.Fprintln(out, stepText(s))
		printArgs(out, s.Args)
		for k, set := range s.Sets {
			fmt.Fprintf(out, "-- row %d\n", k+1)
			printArgs(out, set)
		}
		if s.Each != nil {
			fmt.Fprintf(out, "-- for each row\n%s\n", stepText(&s.Each.Write))
			printArgs(out, s.Each.Write.Args)
		}
	}
	for _, n := range p.Notices {
		fmt.Fprintf(out, "-- %s: %s\n", n.Severity, n.Message)
	}
}

// stepText is the SQL with the numbers of its holes: a constant as it is, what is known only later in braces.
func stepText(s *plan.Step) string {
	var b strings.Builder
	at := 0
	for _, h := range s.Holes {
		b.WriteString(s.SQL[at:h.Offset])
		b.WriteString(describeArg(h.Arg))
		at = h.Offset
	}
	b.WriteString(s.SQL[at:])
	return b.String()
}

func printArgs(out io.Writer, args []irissql.Arg) {
	for i, a := range args {
		fmt.Fprintf(out, "-- ?%d = %s\n", i+1, describeArg(a))
	}
}

// describeArg says where an argument comes from.
func describeArg(a irissql.Arg) string {
	switch {
	case a.Kept:
		return "{keys of an earlier step}"
	case a.Param > analyze.Scalars:
		return "{value of an earlier step}"
	case a.Param > 0:
		return fmt.Sprintf("{$%d %s}", a.Param, pgtypes.Format(a.Type))
	case a.Session != "":
		return fmt.Sprintf("{%s}", a.Session)
	case a.Eval != nil:
		return fmt.Sprintf("{computed %s}", pgtypes.Format(a.Type))
	case a.Const.IsNull():
		return "NULL"
	case a.Const.Kind() == iris.KindInt, a.Const.Kind() == iris.KindDecimal, a.Const.Kind() == iris.KindDouble:
		return a.Const.String()
	}
	return irissql.Literal(a.Const.String())
}
