package superserver

import (
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// kindReturns is a procedure without result sets and with a return value.
const kindReturns = 2

// modeReturn is the mode of a parameter that stands for the return value.
const modeReturn = 7

// procedure is a stored procedure of IRIS's own that drivers call behind the program's back.
type procedure struct {
	returns Param
	call    func(c *conn) value.Value
}

// procedures are those that a driver was seen to call, by their SQL names in lower case: the native Python driver reads
// lastrowid so.
var procedures = map[string]*procedure{
	"%system.sql_getrowid": {Param{Type: -5, Precision: 19, Nullable: 1}, func(c *conn) value.Value { return c.session.LastIdentity() }},
}

// prepareProcedure answers SP: the name; with the kind and the description of the parameters, the return value first.
func (c *conn) prepareProcedure(req request) error {
	return c.sql(req, func() error {
		b := &body{data: req.body}
		name := b.text()
		if b.err != nil {
			return b.err
		}
		c.forget(req.id)
		p := procedures[strings.ToLower(strings.ReplaceAll(name, " ", ""))] // callproc writes its tokens apart
		if p == nil {
			e := sqlerr.New(-428, "Stored procedure '%s' not found", name)
			e.Location = "Prepare"
			return e
		}
		if c.procedures == nil {
			c.procedures = map[uint32]*procedure{}
		}
		c.procedures[req.id] = p
		c.reply(req, statusOK, func(buf []byte) []byte {
			buf = appendInts(buf, kindReturns, 1, p.returns.Type, p.returns.Precision, p.returns.Scale, p.returns.Nullable)
			return appendInts(value.AppendItem(buf, value.NullValue()), modeReturn)
		})
		return nil
	})
}

// procedureUpdate answers SU: static flag, time-out, most rows, values; with the parameters and a row count.
func (c *conn) procedureUpdate(req request) error {
	p := c.procedures[req.id]
	if p == nil {
		c.reply(req, statusUnknown, nil)
		return nil
	}
	return c.sql(req, func() error {
		b := &body{data: req.body}
		b.item()
		b.item()
		b.item()
		args := b.firstSet()
		if b.err != nil {
			return b.err
		}
		if len(args) > 0 {
			return sqlerr.New(-400, "Incorrect number of parameters: %d instead of 0", len(args))
		}
		c.reply(req, statusOK, func(buf []byte) []byte {
			return appendInts(value.AppendItem(buf, p.call(c)), 0)
		})
		return nil
	})
}
