// Command crossed is our client's side of tests/drivers/python/test_crossed.py: it fills the tables of a plan with random
// rows or reads them, and writes for every row a line of canonical text. InterSystems' Python driver does the other half.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/superserver"
)

// plan is what both sides are told.
type plan struct {
	Seed   uint64
	Tables []table
}

// table has the columns Id, from 1 on, and the given ones.
type table struct {
	Name    string
	Rows    int
	Columns []column
}

// column is one of a kind; Type is its declaration.
type column struct {
	Name, Kind, Type string
	Size, Scale      int
}

func main() {
	address := flag.String("iris", "", "IRIS's superserver address, host:port")
	planFile := flag.String("plan", "", "the file of the plan")
	out := flag.String("out", "", "the file for the lines")
	write := flag.Bool("write", false, "fill the tables; without it they are read")
	flag.Parse()
	if err := run(context.Background(), *address, *planFile, *out, *write); err != nil {
		fmt.Fprintln(os.Stderr, "crossed:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, address, planFile, outFile string, write bool) (err error) {
	text, err := os.ReadFile(planFile)
	if err != nil {
		return err
	}
	var p plan
	if err := json.Unmarshal(text, &p); err != nil {
		return err
	}
	conn, err := superserver.Connect(ctx, superserver.Config{Address: address},
		iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER", Application: "crossed"})
	if err != nil {
		return err
	}
	defer conn.Close()
	file, err := os.Create(outFile)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	defer func() { err = errors.Join(err, out.Flush(), file.Close()) }()
	for i, t := range p.Tables {
		if write {
			err = fill(ctx, conn, &t, newMaker(p.Seed, i), out)
		} else {
			err = read(ctx, conn, &t, out)
		}
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}
