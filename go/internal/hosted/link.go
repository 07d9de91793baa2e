package hosted

import (
	"context"
	"errors"
	"fmt"
	"time"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/superserver"
)

// The lock's name without the nonce.
const (
	lockGlobal = "%zPGWire"
	lockName   = "sidecar"
)

// What connecting may end with, beside a *iris.LoginError and a network error.
var (
	// ErrTaken is a lock that another process holds: a sidecar of the same spawn is still there.
	ErrTaken = errors.New("another process holds this sidecar's lock in IRIS")
	// ErrTooOld is an IRIS before 2024.1.
	ErrTooOld = errors.New("IRIS is older than 2024.1")
)

// lockWait is how long the lock is waited for. One that is not free belongs to a sidecar that lives, or for a moment to somebody
// in IRIS who asks whether one does.
const lockWait = 2 * time.Second

// link is the control connection while it stands.
type link struct {
	conn  *superserver.Conn
	nonce iris.Value
}

// connect logs in as the service account and takes the lock, all within a time beside the wait for the lock.
func connect(ctx context.Context, server superserver.Config, host config.Host, within time.Duration) (*link, error) {
	ctx, cancel := context.WithTimeout(ctx, within+lockWait)
	defer cancel()
	conn, err := superserver.Connect(ctx, server, iris.Login{
		User: host.User, Password: host.Password, Namespace: host.Namespace, Application: "iris-pgwire control",
	})
	if err != nil {
		return nil, err
	}
	l := &link{conn, iris.Text(host.Nonce)}
	if err := l.take(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return l, nil
}

func (l *link) take(ctx context.Context) error {
	if info := l.conn.Server(); info.Major > 0 && info.Major < 2024 {
		return fmt.Errorf("%w: it says %q", ErrTooOld, info.Version)
	}
	err := l.conn.Native().Lock(ctx, lockWait, lockGlobal, iris.Text(lockName), l.nonce)
	var native *superserver.NativeError
	if errors.As(err, &native) && native.TimedOut() {
		return ErrTaken
	}
	if err != nil {
		return fmt.Errorf("take the sidecar's lock: %w", err)
	}
	return nil
}

// answers asks IRIS for something, so that an instance that hangs is found out: the lock once more, and back.
func (l *link) answers(ctx context.Context, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	native := l.conn.Native()
	if err := native.Lock(ctx, 0, lockGlobal, iris.Text(lockName), l.nonce); err != nil {
		return fmt.Errorf("IRIS does not answer the control connection: %w", err)
	}
	return native.Unlock(ctx, lockGlobal, iris.Text(lockName), l.nonce)
}
