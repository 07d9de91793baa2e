// Package compile keeps compiled statements: it implements session.Compiler over package plan, with a cache that all
// sessions of the gateway share, and with what is known of the tables of each namespace.
package compile
