package superserver

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// newestProtocol is the highest protocol version that is known; JDBC offers it.
const newestProtocol = 69

// Capability bits of the handshake: a Unicode instance, and doubles may come without their zero bytes.
const (
	capUnicode       = 1
	capCompact       = 2
	compactProtocol  = 65 // the second bit counts from this version on
	locale           = "Unicode"
	featureFast      = 1 // fast select: a row is one nested list
	featureRedirect  = 32
	loginAutocommit  = 1
	isolationMask    = ReadUncommitted | ReadCommitted
	delimitedOn      = 1
	sqlEmptyStringNo = 0
)

// handshake answers HS and CN. An error ends the connection.
func (c *conn) handshake() error {
	req, err := readRequest(c.in, maxLoginBody)
	if err != nil {
		return err
	}
	offered, ok := firstUint16(req.body)
	if req.code != (code{'H', 'S'}) || !ok {
		return fmt.Errorf("a connection that begins with %v", req.code)
	}
	c.login.Protocol = min(offered, newestProtocol)
	caps := uint16(capUnicode)
	if c.login.Protocol >= compactProtocol {
		caps |= capCompact
		c.compact = !c.srv.Variant.Likely(variant.PlainDoubles)
	}
	c.reply(req, statusOK, func(buf []byte) []byte {
		buf = binary.LittleEndian.AppendUint16(buf, uint16(c.login.Protocol))
		buf = binary.LittleEndian.AppendUint16(buf, caps)
		return value.AppendItem(buf, value.Text(locale))
	})
	if err := c.flush(); err != nil {
		return err
	}
	if req, err = readRequest(c.in, maxLoginBody); err != nil {
		return err
	}
	if req.code != (code{'C', 'N'}) {
		return fmt.Errorf("%v instead of a login", req.code)
	}
	refusal := c.logIn(req)
	if refusal != nil {
		c.refuse(req, refusal)
	}
	if err := c.flush(); err != nil {
		return err
	}
	return refusal
}

// errDenied is a wrong user or password.
var errDenied = sqlerr.New(-417, "<COMMUNICATION LINK ERROR> Access Denied")

// refuse answers a login with 417 and a text, whatever the reason, or a wrong password with 402 (variant
// "login-refused-417").
func (c *conn) refuse(req request, err error) {
	var e *sqlerr.Error
	if !errors.As(err, &e) {
		e = sqlerr.New(-417, "%v", err)
	}
	status := uint16(statusRefused)
	if err == errDenied && !c.srv.Variant.Likely(variant.LoginRefusedByText) {
		status = statusDenied
	}
	c.reply(req, status, func(buf []byte) []byte {
		return value.AppendItem(buf, value.Text(c.errorText(e)))
	})
}

// jdbcMachine begins the machine information that the JDBC driver sends, a list. That driver takes a negative status for
// success and interrupts by EI alone, so IRIS can't send it the one and refuse it the other, whatever others get.
const jdbcMachine = "\x06\x01JDBC"

// logIn reads the twelve fields of CN, checks them and starts the process.
func (c *conn) logIn(req request) error {
	b := &body{data: req.body}
	namespace := strings.ToUpper(b.text())
	user, password := reveal(b.text()), reveal(b.text())
	b.item() // operating-system user
	c.login.Host, c.login.Application = b.text(), b.text()
	machine := b.text()
	c.jdbc = strings.HasPrefix(machine, jdbcMachine)
	c.positive = c.srv.Variant.Likely(variant.PositiveStatus) || c.jdbc
	b.item() // client address
	b.item() // event class
	c.login.Autocommit = b.int() <= loginAutocommit
	c.login.Isolation = b.int()
	wish := b.int()
	if b.err != nil {
		return sqlerr.New(-417, "the login message is not readable: %v", b.err)
	}
	if c.login.Isolation != ReadCommitted || !c.srv.Variant.Likely(variant.ConnectIsolation) {
		c.login.Isolation = ReadUncommitted
	}
	name, ok := c.srv.Users.Check(user, password)
	if !ok {
		return errDenied
	}
	c.login.User, c.login.Namespace = name, namespace
	if err := c.startProcess(); err != nil {
		return err
	}
	granted := wish & (featureRedirect | featureFast)
	c.features = granted&featureFast != 0
	c.fastSelect = c.features && c.srv.Variant.Likely(variant.FastSelect)
	c.welcome(req, granted)
	return nil
}

// startProcess makes the job, if there is a licence unit for it.
func (c *conn) startProcess() error {
	proc, err := c.srv.Store.NewProcess(c.login.Namespace)
	if errors.Is(err, store.ErrNoNamespace) {
		return sqlerr.New(-417, "<NAMESPACE> namespace %s does not exist", c.login.Namespace)
	}
	if err != nil {
		return sqlerr.New(-417, "%v", err)
	}
	c.proc = proc
	if !c.srv.admit(c) {
		proc.End()
		c.proc = nil
		return sqlerr.New(-98, "<LICENSE LIMIT EXCEEDED> all %d units are in use", c.srv.License)
	}
	if c.srv.Jobs != nil {
		if c.leave, err = c.srv.Jobs.Begin(c.ctx, proc, c.login, c.close); err != nil {
			return sqlerr.New(-417, "%v", err)
		}
	}
	if c.srv.Engine != nil {
		if c.session, err = c.srv.Engine.NewSession(proc, c.login); err != nil {
			return err
		}
	}
	return nil
}

// welcome is the reply to CN.
func (c *conn) welcome(req request, granted int) {
	c.reply(req, statusOK, func(buf []byte) []byte {
		for _, v := range []value.Value{
			value.Text(c.srv.Version), value.Int(delimitedOn), value.NullValue(), value.Int(isolationMask),
			value.Text(strconv.FormatInt(c.proc.Job(), 10)), value.Int(sqlEmptyStringNo), value.Int(int64(granted)),
		} {
			buf = value.AppendItem(buf, v)
		}
		return buf
	})
}
