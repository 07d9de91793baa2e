// Command bench measures what the gateway adds to a statement: the same statement through the gateway, by pgx, and as IRIS
// SQL over the gateway's own superserver client alone. scripts/bench starts what it needs.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"text/tabwriter"
	"time"
)

func main() {
	dsn := flag.String("dsn", "", "the gateway's address, as a PostgreSQL connection string")
	address := flag.String("iris", "", "IRIS's superserver address, host:port")
	limit := flag.Duration("time", 3*time.Second, "how long each statement is measured")
	flag.Parse()
	if err := bench(context.Background(), *dsn, *address, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench makes the tables, measures every case and prints a line for each.
func bench(ctx context.Context, dsn, address string, limit time.Duration) error {
	through, alone, err := connect(ctx, dsn, address)
	if err != nil {
		return err
	}
	defer through.Close(ctx)
	defer alone.Close()
	if err := fill(ctx, through); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "statement\trounds\tthrough the gateway\tsuperserver alone\tdifference\tratio\t")
	for _, c := range cases() {
		m, err := measure(ctx, through, alone, c, limit)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		fmt.Fprintf(out, "%s\t%d\t%s\t%s\t%s\t%.2f\t\n", c.name, m.rounds, short(m.gateway), short(m.direct), short(m.gateway-m.direct),
			float64(m.gateway)/float64(m.direct))
	}
	return out.Flush()
}

// short writes a time in microseconds.
func short(d time.Duration) string {
	return fmt.Sprintf("%.1f µs", float64(d)/float64(time.Microsecond))
}
