// Package session is one client's session: its settings, its transaction, its prepared statements, portals and cursors,
// and the way of a statement from its text to rows (PostgreSQL docs, "Frontend/Backend Protocol", "Message Flow").
//
// A session is one goroutine. It owns no connection to IRIS: it leases one for a statement or, inside a transaction or
// while a portal is open, until that ends.
package session
