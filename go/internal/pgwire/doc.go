// Package pgwire is the PostgreSQL side of a connection: messages in, messages out, limits, TLS. It knows the frames of
// protocol 3 (PostgreSQL docs, "Message Formats") and nothing of SQL.
//
// A Conn is used by one goroutine, except Interrupt. Answers are collected in the connection's own buffer and written
// when it holds 64 KiB, or when the client has sent nothing more that could be worked on.
package pgwire
