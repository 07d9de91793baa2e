package superserver

import "iris-pgwire/internal/irisdev/sqlerr"

// handler answers one message into the connection's buffer. An error ends the connection; what goes wrong in a statement
// is answered.
type handler func(c *conn, req request) error

// handlers are the SQL messages. Those marked silent have no reply.
var handlers = map[code]handler{
	{'P', 'P'}: (*conn).prepare,
	{'D', 'Q'}: (*conn).directQuery,
	{'P', 'Q'}: (*conn).preparedQuery,
	{'F', 'D'}: (*conn).fetch,
	{'D', 'U'}: (*conn).directUpdate,
	{'P', 'U'}: (*conn).preparedUpdate,
	{'E', 'B'}: (*conn).batch,
	{'G', 'G'}: (*conn).generatedKeys,
	{'S', 'P'}: (*conn).prepareProcedure,
	{'S', 'U'}: (*conn).procedureUpdate,
	{'C', 'C'}: (*conn).closeCursor,     // silent
	{'C', 'U'}: (*conn).closeStatement,  // silent
	{'U', 'C'}: (*conn).closeStatements, // silent

	{'T', 'C'}: (*conn).commit,
	{'T', 'R'}: (*conn).rollback,
	{'A', 'N'}: (*conn).autocommitOn,    // silent
	{'A', 'F'}: (*conn).autocommitOff,   // silent
	{'R', 'C'}: (*conn).readCommitted,   // silent
	{'R', 'U'}: (*conn).readUncommitted, // silent
	{'I', 'L'}: (*conn).isolation,
	{'I', 'T'}: (*conn).inTransaction,

	{'O', 'E'}: (*conn).errorOf,
	{'E', 'I'}: (*conn).interruptOther,
	{'G', 'S'}: (*conn).defaultSchema,
	{'P', 'G'}: (*conn).done,
	{'P', 'B'}: (*conn).done,  // prefetch size: the buffers stay as they are
	{'C', 'G'}: (*conn).done,  // client information, which nothing here shows
	{'R', 'N'}: (*conn).reset, // silent
	{'S', 'S'}: (*conn).streamSize,
	{'J', 'S'}: (*conn).readStream,
	{'G', 'B'}: (*conn).streamPart,
	{'S', 'M'}: (*conn).writeText,
	{'S', 'B'}: (*conn).writeBinary,
	{'C', 'S'}: (*conn).closeStream, // silent
	{'D', 'C'}: func(*conn, request) error { return errGoodbye },
}

// unknown answers a code that is not supported.
func unknown(c *conn, req request) error {
	c.keep(sqlerr.New(-409, "message %v is not supported by irisdev", req.code))
	c.reply(req, statusCode, nil)
	return nil
}

// sql wraps the messages that need an engine.
func (c *conn) sql(req request, do func() error) error {
	if c.session == nil {
		return c.fail(req, sqlerr.New(-400, "this irisdev has no SQL engine"))
	}
	from := len(c.out)
	if err := do(); err != nil {
		c.out = c.out[:from]
		return c.fail(req, err)
	}
	return nil
}
