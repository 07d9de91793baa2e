package status

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// ClockVariable names a file with a number of seconds that Now adds to the machine's clock. It is there for tests alone: IRIS
// and the sidecar must keep working when the clock is set.
const ClockVariable = "IRIS_PGWIRE_TEST_CLOCK"

// Now is the time that events carry. Durations are measured with time.Now, which no clock that is set disturbs.
func Now() time.Time {
	now := time.Now()
	file := os.Getenv(ClockVariable)
	if file == "" {
		return now
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return now
	}
	seconds, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64)
	if err != nil {
		return now
	}
	return now.Round(0).Add(time.Duration(seconds * float64(time.Second))) // without the monotonic reading
}
