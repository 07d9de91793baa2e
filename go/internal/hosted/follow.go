package hosted

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"iris-pgwire/internal/config"
)

// followEvery is how often the directory is looked at.
const followEvery = 200 * time.Millisecond

// StopFile tells the sidecar to drain and end; it holds the nonce of the sidecar that is meant. Unlike a signal it exists on
// every system.
const StopFile = "stop"

// Follow looks at the directory until ctx ends: changed gets the content of config.json, now and whenever it is written anew, or
// the error; stop is called once, when the stop file names this sidecar or the configuration is for another start: IRIS holds
// this sidecar for dead and has started one anew, and there may be only one.
func Follow(ctx context.Context, dir, nonce string, changed func(*config.Config, error), stop func()) {
	file := filepath.Join(dir, config.FileName)
	var seen os.FileInfo
	for pause(ctx, followEvery) {
		if told(dir, nonce) {
			stop()
			return
		}
		info, err := os.Stat(file)
		if err != nil || same(seen, info) {
			continue // gone for a moment while it is replaced, or for good: IRIS writes it anew
		}
		cfg, err := config.Load(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue // since the look
		}
		seen = info
		if err == nil && cfg.Hosted() && cfg.Host.Nonce != nonce {
			stop()
			return
		}
		changed(cfg, err)
	}
}

// same compares without asking which is newer: the clock may be set.
func same(a, b os.FileInfo) bool {
	return a != nil && os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// told reports a stop file for this sidecar, and removes it.
func told(dir, nonce string) bool {
	file := filepath.Join(dir, StopFile)
	text, err := os.ReadFile(file)
	if err != nil || strings.TrimSpace(string(text)) != nonce {
		return false
	}
	_ = os.Remove(file) // IRIS removes it as well
	return true
}
