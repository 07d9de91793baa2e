// Command drivers measures clients of IRIS side by side, on the same server and the same tables: our own, and those whose
// programs it is told of. scripts/bench iris starts what it needs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/superserver"
)

func main() {
	address := flag.String("iris", "", "IRIS's superserver address, host:port")
	limit := flag.Duration("time", 3*time.Second, "how long each case is measured for each client")
	only := flag.String("only", "", "the key of the one case to measure")
	var peers peerList
	flag.Var(&peers, "peer", "NAME=COMMAND of another client's program, may be repeated")
	flag.Parse()
	if err := bench(context.Background(), *address, *only, *limit, peers); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench fills the tables, measures all clients and prints the table.
func bench(ctx context.Context, address, only string, limit time.Duration, peers peerList) (err error) {
	conn, err := superserver.Connect(ctx, superserver.Config{Address: address},
		iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER", Application: "bench"})
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := fill(ctx, conn); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	us, err := newOurs(ctx, conn)
	if err != nil {
		return err
	}
	clients := []client{us}
	for _, about := range peers {
		p, err := startPeer(ctx, about.name, about.command, address)
		if err != nil {
			return fmt.Errorf("%s: %w", about.name, err)
		}
		defer func() { err = errors.Join(err, p.stop()) }()
		clients = append(clients, p)
	}
	t := table{clients: clients}
	for _, c := range benchCases {
		if only != "" && only != c.key {
			continue
		}
		row := line{what: c}
		if row.rates, err = measure(clients, c, limit); err != nil {
			return err
		}
		if row.allocs, err = us.allocations(c); err != nil {
			return err
		}
		t.lines = append(t.lines, row)
	}
	return t.print(os.Stdout)
}

// slices of a client's time, taken in turns with the other clients, so that all see the same machine.
const turns = 5

// warmUp is how long a client runs before it is measured: the JVM compiles meanwhile.
const warmUp = 2 * time.Second

// measure gives each client's median rate in units a second.
func measure(clients []client, c benchCase, limit time.Duration) ([]float64, error) {
	rates := make([][]float64, len(clients))
	for turn := -1; turn < turns; turn++ {
		for i, who := range clients {
			each := limit / turns
			if turn < 0 {
				each = min(warmUp, limit)
			}
			units, spent, err := who.run(c, each)
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", who.name(), c.name, err)
			}
			if turn >= 0 {
				rates[i] = append(rates[i], float64(units)/spent.Seconds())
			}
		}
	}
	out := make([]float64, len(clients))
	for i, r := range rates {
		slices.Sort(r)
		out[i] = r[len(r)/2]
	}
	return out, nil
}
