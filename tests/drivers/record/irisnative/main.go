// Command irisnative is the recorded scenario for go-irisnative v0.2.1. It leaves out what that version spoils: characters
// above U+FFFF and values of 64 KiB and more.
package main

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strings"
	"time"

	"github.com/caretdev/go-irisnative/src/connection"
)

var steps net.Conn

// step tells the recorder what comes now.
func step(name string) {
	_, err := steps.Write([]byte(name + "\n"))
	must(err)
	_, err = steps.Read(make([]byte, 1))
	must(err)
}

func must(err error) {
	if err != nil {
		log.Panic(err)
	}
}

func connect(password string) (connection.Connection, error) {
	return connection.Connect(os.Getenv("IRISDEV_ADDRESS"), "USER", "_SYSTEM", password)
}

func exec(c *connection.Connection, text string, args ...any) {
	_, err := c.DirectUpdate(text, args...)
	must(err)
}

// read fetches up to most rows of a query, all with 0.
func read(c *connection.Connection, most int, text string, args ...any) {
	rows, err := c.DirectQuery(text, args...)
	must(err)
	for n := 0; most == 0 || n < most; n++ {
		if _, err := rows.Next(); errors.Is(err, io.EOF) {
			return
		}
	}
}

const columns = "Id, KSmall, KBig, KBit, KNumeric, KDouble, KText, KUnicode, KBinary, KDate, KTime, KStamp"

func main() {
	var err error
	steps, err = net.Dial("tcp", os.Getenv("RECORD_STEPS"))
	must(err)
	step("refused login")
	if _, err := connect("wrong"); err == nil {
		log.Panic("not refused")
	}
	step("connect")
	c, err := connect("SYS")
	must(err)
	statements(&c)
	transactions(&c)
	streams(&c)
	natives(&c)
	step("disconnect")
	c.Disconnect()
}

func statements(c *connection.Connection) {
	step("select 1")
	read(c, 0, "SELECT 1")
	step("create")
	exec(c, "CREATE TABLE Rec.Kinds (Id INTEGER PRIMARY KEY, KSmall SMALLINT, KBig BIGINT, KBit BIT, KNumeric NUMERIC(10,2), "+
		"KDouble DOUBLE, KText VARCHAR(50), KUnicode VARCHAR(50), KBinary VARBINARY(50), KDate DATE, KTime TIME, KStamp TIMESTAMP)")
	exec(c, "CREATE TABLE Rec.Many (Id INTEGER PRIMARY KEY, T VARCHAR(3000))")
	exec(c, "CREATE TABLE Rec.Streams (Id INTEGER PRIMARY KEY, T LONGVARCHAR, B LONGVARBINARY)")
	insert := "INSERT INTO Rec.Kinds (" + columns + ") VALUES (" + strings.Repeat("?, ", 11) + "?)"
	step("insert")
	exec(c, insert, 1, -32768, 9007199254740993, true, 12345.67, 0.1, "h\u00e9llo", "\u6f22 ", []byte{0, 255, 65},
		"2024-02-29", "13:14:15", time.Date(2024, 2, 29, 13, 14, 15, 123e6, time.UTC))
	step("insert again")
	exec(c, insert, 2, nil, nil, nil, nil, nil, "", nil, nil, nil, nil, nil)
	step("query")
	read(c, 0, "SELECT "+columns+" FROM Rec.Kinds WHERE Id > ? ORDER BY Id", 0)
	step("batch")
	var sets []any
	for i := 1; i <= 20; i++ {
		sets = append(sets, i, strings.Repeat("x", 3000))
	}
	exec(c, "INSERT INTO Rec.Many (Id, T) VALUES (?, ?)", sets...)
	step("fetch")
	read(c, 0, "SELECT Id, T FROM Rec.Many ORDER BY Id")
	step("abandon")
	read(c, 1, "SELECT Id, T FROM Rec.Many ORDER BY Id")
	step("no table")
	if _, err := c.DirectQuery("SELECT * FROM Rec.Nope"); err == nil {
		log.Panic("not refused")
	}
	step("duplicate key")
	if _, err := c.DirectUpdate("INSERT INTO Rec.Many (Id, T) VALUES (?, ?)", 1, "y"); err == nil {
		log.Panic("not refused")
	}
}

func transactions(c *connection.Connection) {
	for i, end := range []func(driver.Tx) error{driver.Tx.Commit, driver.Tx.Rollback} {
		step([]string{"commit", "rollback"}[i])
		tx, err := c.BeginTx(driver.TxOptions{})
		must(err)
		exec(c, "INSERT INTO Rec.Many (Id, T) VALUES (?, ?)", 21+i, "y")
		must(end(tx))
	}
}

func streams(c *connection.Connection) {
	step("write streams")
	exec(c, "INSERT INTO Rec.Streams (Id, T, B) VALUES (?, ?, ?)", 1, "\u0416"+strings.Repeat("x", 30000),
		[]byte(strings.Repeat("\x00\xff", 15000)))
	step("read streams")
	read(c, 0, "SELECT T, B FROM Rec.Streams")
}

func natives(c *connection.Connection) {
	step("native set")
	must(c.GlobalSet("RecGlobal", "\u00e9", 1, "a"))
	must(c.GlobalSet("RecGlobal", 42, 2))
	step("native get")
	var text string
	var number int
	must(c.GlobalGet("RecGlobal", &text, 1, "a"))
	must(c.GlobalGet("RecGlobal", &number, 2))
	if number != 42 {
		log.Panic(fmt.Sprint("number ", number))
	}
	func() {
		defer func() { _ = recover() }() // the driver reads a value where an undefined node has none
		_ = c.GlobalGet("RecGlobal", &text, 3)
	}()
	step("native data")
	c.GlobalIsDefined("RecGlobal", 1)
	step("native class method")
	must(c.ClassMethod("%SYSTEM.Version", "GetNumber", &text))
	step("native error")
	_ = c.ClassMethod("No.Such.Class", "Method", &text, 1, "a") // an exception's text comes as the result
	step("native kill")
	must(c.GlobalKill("RecGlobal"))
}
