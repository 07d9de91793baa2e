// Package store is the data of the development IRIS: globals (ordered trees of nodes), updated in place, with an undo
// journal per process, one lock table for LOCK and SQL rows, and a write-ahead file.
//
// A Process is one IRIS job and is used by one goroutine at a time; different processes run side by side. The store has no
// isolation of its own: everybody sees everybody's uncommitted changes, as in IRIS (IRIS docs, "Transaction Processing").
// Who wants committed rows asks the lock table, see GetCommitted, Cursor.Quiet and WaitUnlocked.
package store
