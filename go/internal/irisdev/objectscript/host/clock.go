package host

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// ClockVariable names a file with a number of seconds that the instance adds to the machine's clock. It is there for tests
// alone, which let the clock jump; the machine's is never set.
const ClockVariable = "IRIS_PGWIRE_TEST_CLOCK"

// clockOffset reads the file, 0 without one that can be read.
func clockOffset() time.Duration {
	file := os.Getenv(ClockVariable)
	if file == "" {
		return 0
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	seconds, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64)
	if err != nil {
		return 0
	}
	return time.Duration(seconds * float64(time.Second))
}
