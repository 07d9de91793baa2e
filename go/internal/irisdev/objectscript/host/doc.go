// Package host lets ObjectScript live in an instance: it makes the system that processes run in, writes messages.log, runs the
// entries of ^%ZSTART and ^%ZSTOP and the tasks of the Task Manager, gives the superserver's connections their processes, and
// serves the commands terminal, load and kill.
package host
