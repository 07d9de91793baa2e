package superserver

import (
	"context"
	"errors"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// ensureReadCommitted reads the isolation level that is in force and sets it by SQL if the connect message has not.
func (c *Conn) ensureReadCommitted(ctx context.Context) error {
	c.begin(ctx, code{'I', 'L'}, 0)
	start := c.lastFrame()
	c.out = appendInt(c.out, 0) // 0 asks
	status, body, err := c.call(ctx, start, nil)
	if err != nil {
		return err
	}
	if r := (reader{b: body}); status == statusOK && len(body) > 0 && r.int() == isolationCommitted {
		return nil
	}
	// Another level, or a server that doesn't know the question: say it in SQL.
	_, err = c.direct(ctx, isolationLevelStmt)
	return err
}

// Begin starts a transaction. START TRANSACTION begins at once, whatever the commit mode (IRIS docs, "START TRANSACTION").
func (c *Conn) Begin(ctx context.Context) error {
	c.inTx = true // also when it fails: Reset then makes sure
	_, err := c.direct(ctx, startTransactionSQL)
	return err
}

// Commit ends the transaction; an error means that it is unknown whether IRIS has committed, or that it has not.
func (c *Conn) Commit(ctx context.Context) error { return c.endTransaction(ctx, code{'T', 'C'}) }

// Rollback undoes the transaction.
func (c *Conn) Rollback(ctx context.Context) error { return c.endTransaction(ctx, code{'T', 'R'}) }

func (c *Conn) endTransaction(ctx context.Context, what code) error {
	err := c.simple(ctx, what, 0)
	if err == nil {
		c.inTx = false
	}
	return err
}

// Savepoint sets a mark. Names are the gateway's own, so that no quoting is needed.
func (c *Conn) Savepoint(ctx context.Context, name string) error {
	return c.savepoint(ctx, "SAVEPOINT ", name)
}

// RollbackTo undoes what came after the mark and deletes it.
func (c *Conn) RollbackTo(ctx context.Context, name string) error {
	return c.savepoint(ctx, "ROLLBACK TO SAVEPOINT ", name)
}

func (c *Conn) savepoint(ctx context.Context, command, name string) error {
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
		return pgerr.New(pgerr.InvalidSavepoint, "savepoint name %q can't be sent to IRIS", name)
	}
	_, err := c.direct(ctx, command+name)
	// An unknown savepoint ends the whole transaction (SQLCODE -375).
	var failure *iris.Error
	if errors.As(err, &failure) && failure.Code == -375 {
		c.inTx = false
	}
	return err
}

// Tidy reports that a usable connection has nothing that Reset would undo.
func (c *Conn) Tidy() bool {
	return len(c.open) == 0 && !c.inTx && !c.touched && !c.broken.Load()
}

// Reset undoes what a client may have left behind: open cursors, an open transaction.
func (c *Conn) Reset(ctx context.Context) error {
	for rows := range c.open {
		if err := rows.Close(ctx); err != nil {
			return err
		}
	}
	if c.inTx || c.touched {
		if err := c.Rollback(ctx); err != nil {
			return err
		}
	}
	if c.touched {
		c.touched = false
		return c.ensureReadCommitted(ctx)
	}
	return nil
}
