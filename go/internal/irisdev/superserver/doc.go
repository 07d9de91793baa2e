// Package superserver is the listening side of the superserver protocol, as InterSystems' drivers speak it: handshake and
// login, SQL messages, native calls on globals. What it executes SQL with is an Engine.
package superserver
