package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"iris-pgwire/internal/iris"
)

// The sizes of the tables, of a batch and of the vector.
const (
	readRows   = 100000
	insertRows = 10000
	batchRows  = 1000
	dimensions = 1536
)

const columns = `Id INTEGER PRIMARY KEY, Small SMALLINT, Big BIGINT, Price NUMERIC(12,2), Ratio DOUBLE, Name VARCHAR(50),
	City VARCHAR(50), Born DATE, Seen TIMESTAMP, Active BIT`

// benchCase is one thing that every client does.
type benchCase struct {
	name string // as the table prints it
	key  string // as the clients' programs print it
	sql  string // the clients get it in the environment
	unit string
}

var benchCases = []benchCase{
	{"SELECT 1", "select1", "SELECT 1", "calls"},
	{"point query", "point", "SELECT Id, Name FROM Bench.Filled WHERE Id = ?", "calls"},
	{"100,000 rows × 10", "rows", "SELECT * FROM Bench.Filled", "rows"},
	{"10,000 single inserts", "insert", "INSERT INTO Bench.Empty VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "rows"},
	{"the same in batches", "batch", "INSERT INTO Bench.Empty VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "rows"},
	{"1,536 dimensions", "vector", fmt.Sprintf("SELECT TOP 1 Id, VECTOR_DOT_PRODUCT(Embedding, TO_VECTOR(?, DOUBLE, %d)) AS Score FROM Bench.Vector ORDER BY Score DESC", dimensions), "calls"},
}

// rowValues are the values of a row; every client's program makes the same.
func rowValues(i int) []iris.Value {
	day := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%20000)
	return []iris.Value{
		iris.Int(int64(i)), iris.Int(int64(i % 30000)), iris.Int(int64(i) * 1000003), iris.Decimal(int64(i)*7, -2),
		iris.Double(float64(i) / 7), iris.Text("name of row " + strconv.Itoa(i)), iris.Text("Žilina " + strconv.Itoa(i%100)),
		iris.Text(day.Format(time.DateOnly)), iris.Text(day.Format(time.DateOnly) + " 12:34:56"), iris.Bool(i%2 == 0),
	}
}

// vectorText is the parameter of the vector case.
func vectorText() string {
	b := make([]byte, 0, 16*dimensions)
	for i := range dimensions {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendFloat(b, float64(i%1000-500)/512, 'f', -1, 64)
	}
	return string(b)
}

// fill makes the tables that all clients work on.
func fill(ctx context.Context, c iris.Conn) error {
	for _, sql := range []string{
		"DROP TABLE IF EXISTS Bench.Filled", "DROP TABLE IF EXISTS Bench.Empty", "DROP TABLE IF EXISTS Bench.Vector",
		"CREATE TABLE Bench.Filled (" + columns + ")", "CREATE TABLE Bench.Empty (" + columns + ")",
		fmt.Sprintf("CREATE TABLE Bench.Vector (Id INTEGER PRIMARY KEY, Embedding VECTOR(DOUBLE, %d))", dimensions),
	} {
		if _, err := c.ExecDirect(ctx, sql); err != nil {
			return err
		}
	}
	st, err := c.Prepare(ctx, "INSERT INTO Bench.Filled VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	if err := insertBatches(ctx, c, st, readRows); err != nil {
		return err
	}
	st, err = c.Prepare(ctx, fmt.Sprintf("INSERT INTO Bench.Vector VALUES (?, TO_VECTOR(?, DOUBLE, %d))", dimensions))
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, st, []iris.Value{iris.Int(1), iris.Text(vectorText())})
	return err
}

// insertBatches inserts rows 1 to n.
func insertBatches(ctx context.Context, c iris.Conn, st iris.Statement, n int) error {
	for from := 1; from <= n; from += batchRows {
		sets := make([][]iris.Value, 0, batchRows)
		for i := from; i < min(from+batchRows, n+1); i++ {
			sets = append(sets, rowValues(i))
		}
		if _, err := c.ExecBatch(ctx, st, sets); err != nil {
			return err
		}
	}
	return nil
}
