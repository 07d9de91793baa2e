package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/dbapi"
	"iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/sql/compile"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// connect opens both ways to IRIS, as the same user.
func connect(ctx context.Context, dsn, address string) (*pgx.Conn, iris.Conn, error) {
	through, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return nil, nil, err
	}
	cfg := through.Config()
	alone, err := dbapi.New(superserver.Config{Address: address, ConnectTimeout: 10 * time.Second}).Open(ctx,
		iris.Login{User: cfg.User, Password: cfg.Password, Namespace: cfg.Database, Application: "bench"})
	if err != nil {
		return nil, nil, errors.Join(err, through.Close(ctx))
	}
	return through, alone, nil
}

// result is the median time of both ways.
type result struct {
	rounds          int
	gateway, direct time.Duration
}

// measure runs a case by both ways in turns, so that both see the same machine.
func measure(ctx context.Context, through *pgx.Conn, alone iris.Conn, c benchCase, limit time.Duration) (result, error) {
	step, err := translate(ctx, alone, through.Config().Database, c)
	if err != nil {
		return result{}, err
	}
	var gateway, direct []time.Duration
	const warm = 3
	for round, end := 0, time.Now().Add(limit); round < warm+5 || time.Now().Before(end); round++ {
		begun := time.Now()
		n, err := runGateway(ctx, through, c, round)
		g := time.Since(begun)
		if err != nil || n != c.rows {
			return result{}, fmt.Errorf("through the gateway: %d rows, %w", n, err)
		}
		begun = time.Now()
		n, err = runDirect(ctx, alone, step, c, round)
		d := time.Since(begun)
		if err != nil || n != c.rows {
			return result{}, fmt.Errorf("superserver alone: %d rows, %w", n, err)
		}
		if round >= warm {
			gateway, direct = append(gateway, g), append(direct, d)
		}
	}
	return result{len(gateway), median(gateway), median(direct)}, nil
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

func runGateway(ctx context.Context, conn *pgx.Conn, c benchCase, round int) (int, error) {
	var args []any
	switch {
	case c.oid == pgtypes.Int4:
		n, err := strconv.Atoi(c.param(round))
		if err != nil {
			return 0, err
		}
		args = append(args, n)
	case c.param != nil:
		args = append(args, c.param(round))
	}
	rows, err := conn.Query(ctx, c.sql, args...)
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// translate compiles the case as the gateway does: it is one query.
func translate(ctx context.Context, conn iris.Conn, namespace string, c benchCase) (*plan.Step, error) {
	list, err := parse.Parse(c.sql)
	if err != nil {
		return nil, err
	}
	st, err := compile.New(compile.Options{}).Compile(ctx, session.Input{
		Text: c.sql, Statement: list[0], Namespace: namespace, Path: []string{"public"},
		Conn: func(context.Context) (iris.Conn, error) { return conn, nil },
	})
	if err != nil {
		return nil, err
	}
	if len(st.Steps) != 1 {
		return nil, errors.New("it is no single statement of IRIS")
	}
	step := st.Steps[0]
	step.SQL, step.Holes, err = filled(&step)
	return &step, err
}

// filled is the step's text with the numbers that IRIS takes only as literals. Here they are constants.
func filled(step *plan.Step) (string, []irissql.Hole, error) {
	var b strings.Builder
	at := 0
	for i := range step.Holes {
		h := &step.Holes[i]
		v, err := argument(&h.Arg, &eval.Env{})
		if err != nil {
			return "", nil, err
		}
		b.WriteString(step.SQL[at:h.Offset] + v.String())
		at = h.Offset
	}
	return b.String() + step.SQL[at:], nil, nil
}

// runDirect runs the step and reads its rows.
func runDirect(ctx context.Context, conn iris.Conn, step *plan.Step, c benchCase, round int) (int, error) {
	st, err := conn.Prepare(ctx, step.SQL)
	if err != nil {
		return 0, err
	}
	env := &eval.Env{}
	if c.param != nil {
		v, err := param(c, round)
		if err != nil {
			return 0, err
		}
		env.Params = []iris.Value{v}
	}
	args := make([]iris.Value, len(step.Args))
	for i := range args {
		if args[i], err = argument(&step.Args[i], env); err != nil {
			return 0, err
		}
	}
	rows, err := conn.Query(ctx, st, args)
	if err != nil {
		return 0, err
	}
	for n := 0; ; n++ {
		if _, err := rows.Next(ctx); err == io.EOF {
			return n, rows.Close(ctx)
		} else if err != nil {
			return n, err
		}
	}
}

// param is the parameter in the form that IRIS gets.
func param(c benchCase, round int) (iris.Value, error) {
	t := pgtypes.Of(c.oid)
	if c.oid == 0 {
		info, ok := pgtypes.ByName("vector")
		if !ok {
			return iris.Null(), errors.New("there is no type vector")
		}
		t = pgtypes.Of(info.OID)
	}
	return pgtypes.ParseText(t, c.param(round))
}

func argument(a *irissql.Arg, env *eval.Env) (v iris.Value, err error) {
	switch {
	case a.Param > 0:
		v = env.Params[a.Param-1]
	case a.Eval != nil:
		if v, err = a.Eval(nil, env); err != nil {
			return v, err
		}
	default:
		v = a.Const
	}
	if a.Check == nil {
		return v, nil
	}
	return a.Check(v)
}
