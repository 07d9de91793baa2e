package main

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
)

// table is what was measured.
type table struct {
	clients []client // ours is the first
	lines   []line
}

// line is one case: the rate of every client in units a second, the allocations of ours a unit.
type line struct {
	what   benchCase
	rates  []float64
	allocs float64
}

// print writes a line a case: what our client reaches, its allocations, and of every other client what it reaches and how
// many times faster ours is.
func (t table) print(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(out, "a second\tunit\tours\tallocations\t")
	for _, c := range t.clients[1:] {
		fmt.Fprintf(out, "%s\tours is\t", c.name())
	}
	fmt.Fprintln(out)
	for _, l := range t.lines {
		fmt.Fprintf(out, "%s\t%s\t%s\t%.2f\t", l.what.name, l.what.unit, thousands(l.rates[0]), l.allocs)
		for _, r := range l.rates[1:] {
			fmt.Fprintf(out, "%s\t%.2f×\t", thousands(r), l.rates[0]/r)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

// thousands writes a number with commas.
func thousands(f float64) string {
	s := strconv.FormatInt(int64(f+0.5), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
