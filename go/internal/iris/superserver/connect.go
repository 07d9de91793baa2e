package superserver

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/user"
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/iris"
)

// Numbers of the connect message. The isolation level is a JDBC constant, unlike IRIS's own IsolationMode option.
const (
	autocommitOn        = 1
	isolationCommitted  = 2
	featureFastSelect   = 1
	featureFastInsert   = 2
	featureRedirect     = 32
	featuresAskedFor    = featureRedirect
	defaultApplication  = "iris-pgwire"
	machineInfo         = "iris-pgwire"
	readBufferSize      = 32 << 10
	isolationLevelStmt  = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
	startTransactionSQL = "START TRANSACTION"
)

// Connect opens a connection, logs in and sets READ COMMITTED. A refused login is a *iris.LoginError, a network failure
// a *iris.ConnError.
func Connect(ctx context.Context, cfg Config, login iris.Login) (*Conn, error) {
	c, err := dialAndLogin(ctx, cfg, login)
	if err != nil {
		return nil, err
	}
	c.cache = newStatementCache(cfg.statements())
	if err := c.ensureReadCommitted(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// dialAndLogin is the part that a cancel connection needs as well.
func dialAndLogin(ctx context.Context, cfg Config, login iris.Login) (*Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, cfg.connectTimeout())
	defer cancel()
	socket, err := cfg.dial(ctx)
	if err != nil {
		return nil, &iris.ConnError{Op: "dial " + cfg.Address, Err: err}
	}
	c := &Conn{
		cfg: cfg, login: login, net: socket, r: bufio.NewReaderSize(socket, readBufferSize), number: 1,
		open: map[*Rows]struct{}{}, lastUsed: time.Now(),
	}
	stop := context.AfterFunc(ctx, func() { _ = socket.SetDeadline(time.Unix(1, 0)) })
	err = c.handshake()
	if err == nil {
		err = c.connect()
	}
	if !stop() && err == nil {
		err = &iris.ConnError{Op: "connect", Err: ctx.Err()}
	}
	if err != nil {
		c.fail()
		return nil, err
	}
	return c, nil
}

// connect sends the login and reads what IRIS says of itself.
func (c *Conn) connect() error {
	c.out = c.out[:0]
	c.frame(code{'C', 'N'}, 0)
	if err := c.appendLogin(); err != nil {
		return err
	}
	endFrame(c.out, 0)
	status, body, err := c.exchange(0, nil)
	if err != nil {
		return err
	}
	if status != statusOK {
		return refused(status, body)
	}
	r := reader{b: body}
	c.info.Version, _, _ = strings.Cut(r.text(), "|")
	delimited := r.int()
	r.text() // not used by any driver
	r.int()  // mask of isolation levels
	c.info.Job = r.text()
	r.int() // setting of the empty string
	features := r.int()
	switch {
	case r.err != nil:
		return &iris.ConnError{Op: "connect reply", Err: r.err, Sent: true}
	case features&(featureFastSelect|featureFastInsert) != 0:
		return iris.ParseErrorText(413, "IRIS granted features that were not asked for")
	case delimited != 1:
		return iris.ParseErrorText(413, "the IRIS setting \"delimited identifiers\" is off; iris-pgwire needs it on")
	}
	c.info.Major, c.info.Minor = parseVersion(c.info.Version)
	return nil
}

// appendLogin writes the twelve fields of the connect message.
func (c *Conn) appendLogin() error {
	application := c.login.Application
	if application == "" {
		application = defaultApplication
	}
	osUser := ""
	if u, err := user.Current(); err == nil {
		osUser = u.Username
	}
	host, _ := os.Hostname()
	address := c.login.ClientAddr
	if address == "" {
		address, _, _ = net.SplitHostPort(c.net.LocalAddr().String())
	}
	texts := func(list ...string) error {
		for _, s := range list {
			var err error
			if c.out, err = appendText(c.out, []byte(s)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := texts(c.login.Namespace); err != nil {
		return err
	}
	for _, secret := range []string{c.login.User, c.login.Password} {
		if secret == "" {
			c.out = appendNull(c.out)
			continue
		}
		c.out = append(c.out, obfuscate(secret)...)
	}
	if err := texts(osUser, host, application, machineInfo, address, ""); err != nil {
		return err
	}
	for _, n := range []int64{autocommitOn, isolationCommitted, featuresAskedFor} {
		c.out = appendInt(c.out, n)
	}
	return nil
}

// parseVersion finds "Version 2025.1" in IRIS's text, or the first number of that shape.
func parseVersion(text string) (major, minor int) {
	if at := strings.Index(text, "Version "); at >= 0 {
		text = text[at+len("Version "):]
	}
	for _, word := range strings.Fields(text) {
		year, rest, ok := strings.Cut(word, ".")
		if !ok || len(year) != 4 {
			continue
		}
		if n, err := strconv.Atoi(year); err == nil {
			first, _, _ := strings.Cut(rest, ".")
			minor, _ = strconv.Atoi(first)
			return n, minor
		}
	}
	return 0, 0
}
