// Command irisnative is go-irisnative in scripts/bench iris: each line "case seconds" is answered with "units seconds". The
// driver asks for 200 rows of a query at most, so its rate of rows is that of results of 200.
package main

import (
	"bufio"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"time"

	_ "github.com/caretdev/go-irisnative"
)

// env reads a number from the environment.
func env(name string) float64 {
	f, err := strconv.ParseFloat(os.Getenv("BENCH_"+name), 64)
	if err != nil {
		fail(err)
	}
	return f
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func text(key string) string { return os.Getenv("BENCH_SQL_" + key) }

func main() {
	out := os.Stdout
	// The driver prints what it thinks of some columns on standard output.
	var err error
	if os.Stdout, err = os.OpenFile(os.DevNull, os.O_WRONLY, 0); err != nil {
		fail(err)
	}
	db, err := sql.Open("intersystems", "iris://_SYSTEM:SYS@"+os.Getenv("BENCH_ADDRESS")+"/USER")
	if err != nil {
		fail(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	rows, vector := int(env("ROWS")), os.Getenv("BENCH_VECTOR")
	rounds := map[string]func(n int) (int, error){
		"select1": func(int) (int, error) { return read(db, text("select1")) },
		"point":   func(n int) (int, error) { return read(db, text("point"), 1+n*7919%rows) },
		"rows":    func(int) (int, error) { return read(db, text("rows")) },
		"insert":  func(int) (int, error) { return insert(db, text("insert"), int(env("INSERTS")), 1) },
		"batch":   func(int) (int, error) { return insert(db, text("batch"), int(env("INSERTS")), int(env("BATCH"))) },
		"vector":  func(int) (int, error) { return read(db, text("vector"), vector) },
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var key string
		var seconds float64
		if _, err := fmt.Sscan(in.Text(), &key, &seconds); err != nil {
			fail(err)
		}
		units, spent, err := measure(db, key, rounds[key], time.Duration(seconds*float64(time.Second)))
		if err != nil {
			fail(fmt.Errorf("%s: %w", key, err))
		}
		fmt.Fprintln(out, units, spent.Seconds())
	}
}

// measure repeats a case until it has taken that long.
func measure(db *sql.DB, key string, round func(int) (int, error), limit time.Duration) (units int, spent time.Duration, err error) {
	for n := 0; spent < limit; n++ {
		if key == "insert" || key == "batch" {
			if _, err := db.Exec("TRUNCATE TABLE Bench.Empty"); err != nil {
				return 0, 0, err
			}
		}
		begun := time.Now()
		done, err := round(n)
		if err != nil {
			return 0, 0, err
		}
		spent += time.Since(begun)
		units += done
	}
	return units, spent, nil
}

// read runs a query and takes every value.
func read(db *sql.DB, text string, args ...any) (int, error) {
	rows, err := db.Query(text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(any)
	}
	n := 0
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

// insert sends rows 1 to n, several in a call: the driver takes the values of many rows as the arguments of one.
func insert(db *sql.DB, text string, n, each int) (int, error) {
	st, err := db.Prepare(text)
	if err != nil {
		return 0, err
	}
	defer st.Close()
	for i := 1; i <= n; {
		var args []any
		for range each {
			args = append(args, row(i)...)
			i++
		}
		if _, err := st.Exec(args...); err != nil {
			return i, err
		}
	}
	return n, nil
}

func row(i int) []any {
	day := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%20000).Format(time.DateOnly)
	return []any{i, i % 30000, int64(i) * 1000003, fmt.Sprintf("%d.%02d", i*7/100, i*7%100), float64(i) / 7, "name of row " + strconv.Itoa(i),
		"Žilina " + strconv.Itoa(i%100), day, day + " 12:34:56", i%2 == 0}
}
