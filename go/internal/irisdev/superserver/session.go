package superserver

import (
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

func (c *conn) commit(req request) error { return c.transactionEnd(req, Session.Commit) }

func (c *conn) rollback(req request) error { return c.transactionEnd(req, Session.Rollback) }

func (c *conn) transactionEnd(req request, end func(Session) error) error {
	return c.sql(req, func() error {
		if err := end(c.session); err != nil {
			return err
		}
		return c.done(req)
	})
}

func (c *conn) autocommitOn(request) error {
	return c.quietly(func() { c.session.SetAutocommit(true) })
}

func (c *conn) autocommitOff(request) error {
	return c.quietly(func() { c.session.SetAutocommit(false) })
}

func (c *conn) readCommitted(request) error {
	return c.quietly(func() { c.session.SetIsolation(ReadCommitted) })
}

func (c *conn) readUncommitted(request) error {
	return c.quietly(func() { c.session.SetIsolation(ReadUncommitted) })
}

// quietly does what has no reply.
func (c *conn) quietly(do func()) error {
	if c.session != nil {
		do()
	}
	return nil
}

// isolation answers IL: 0 asks, a level sets; the reply is the level in force.
func (c *conn) isolation(req request) error {
	return c.sql(req, func() error {
		b := &body{data: req.body}
		level := b.int()
		if b.err != nil {
			return b.err
		}
		if level != 0 {
			if err := c.session.SetIsolation(level); err != nil {
				return err
			}
		}
		c.answer(req, value.Int(int64(c.session.Isolation())))
		return nil
	})
}

// inTransaction answers IT.
func (c *conn) inTransaction(req request) error {
	return c.sql(req, func() error {
		c.answer(req, value.Int(int64(truth(c.session.InTransaction()))))
		return nil
	})
}

// defaultSchema answers GS.
func (c *conn) defaultSchema(req request) error {
	return c.sql(req, func() error {
		c.answer(req, value.Text(c.session.DefaultSchema()))
		return nil
	})
}

// answer replies with one value.
func (c *conn) answer(req request, v value.Value) {
	c.reply(req, statusOK, func(buf []byte) []byte { return value.AppendItem(buf, v) })
}

// errorOf answers OE with the text of the last error. The code is the client's and is not looked at: the connection has
// had one last error.
func (c *conn) errorOf(req request) error {
	text := c.failure.text
	if text == "" {
		b := &body{data: req.body}
		n := b.int()
		text = c.errorText(sqlerr.New(min(n, -n), "no error has happened on this connection"))
	}
	c.answer(req, value.Text(text))
	return nil
}

// interruptOther answers EI: job number and statement id of another connection of the same user.
func (c *conn) interruptOther(req request) error {
	b := &body{data: req.body}
	job, id := int64(b.int()), uint32(b.int())
	switch {
	case b.err != nil:
		return c.fail(req, b.err)
	case !c.jdbc && !c.srv.Variant.Likely(variant.InterruptByMessage):
		return c.fail(req, sqlerr.New(-454, "this server interrupts no statement by a message"))
	case c.srv.user(job) != c.login.User:
		return c.fail(req, sqlerr.New(-99, "job %d is not one of user %s", job, c.login.User))
	case !c.srv.Interrupt(job, id):
		return c.fail(req, sqlerr.New(-454, "job %d runs no statement %d", job, id))
	}
	return c.done(req)
}

// reset is RN: the connection is as after its login.
func (c *conn) reset(request) error {
	for id := range c.prepared {
		c.forget(id)
	}
	if c.session != nil {
		if err := c.session.Rollback(); err != nil {
			return err
		}
		c.session.SetAutocommit(c.login.Autocommit)
		if err := c.session.SetIsolation(c.login.Isolation); err != nil {
			return err
		}
	}
	if err := c.proc.TRollback(); err != nil {
		return err
	}
	c.proc.UnlockAll()
	return c.proc.SetNamespace(c.login.Namespace)
}
