package hostservice

import (
	"os"
	"os/signal"
	"syscall"
)

// waitForSignal returns at the first signal to stop.
func waitForSignal() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	defer signal.Stop(signals)
	<-signals
}
