package main

import (
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	wire "iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
)

// BenchmarkCases measures every case with the server in the same process, so that its profile shows both sides.
func BenchmarkCases(b *testing.B) {
	dev := irisdevtest.Start(b, instance.Options{})
	conn, err := wire.Connect(b.Context(), wire.Config{Address: dev.Address}, iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"})
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	if err := fill(b.Context(), conn); err != nil {
		b.Fatal(err)
	}
	o, err := newOurs(b.Context(), conn)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range benchCases {
		b.Run(c.key, func(b *testing.B) {
			n, units := 0, 0
			for b.Loop() {
				if err := o.empty(c); err != nil {
					b.Fatal(err)
				}
				done, err := o.rounds[c.key](n)
				if err != nil {
					b.Fatal(err)
				}
				n, units = n+1, units+done
			}
			b.ReportMetric(float64(units)/b.Elapsed().Seconds(), c.unit+"/s")
		})
	}
}

func TestAPeerAnswersALineWithALine(t *testing.T) {
	for command, want := range map[string]string{
		`sh -c 'read key seconds; test "$key $seconds $BENCH_SQL_select1" = "select1 0.5 SELECT 1" && echo 100 0.5'`: "",
		"echo nonsense": "is not: units, seconds",
		"true":          "EOF",
	} {
		p, err := startPeer(t.Context(), "other", command, "nowhere")
		if err != nil {
			t.Fatal(err)
		}
		units, spent, err := p.run(benchCases[0], time.Second/2)
		if want == "" && (err != nil || units != 100 || spent != time.Second/2) {
			t.Errorf("%s: %d in %v, %v", command, units, spent, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want) && !strings.Contains(err.Error(), "pipe")) {
			t.Errorf("%s: %v", command, err)
		}
		_ = p.stop() // its exit is not of interest
	}
}

// steady is a client of one rate.
type steady struct {
	title string
	rate  float64
}

func (s steady) name() string { return s.title }

func (s steady) run(_ benchCase, limit time.Duration) (int, time.Duration, error) {
	return int(s.rate * limit.Seconds()), limit, nil
}

func TestTheTableHasRatesAndRatios(t *testing.T) {
	clients := []client{steady{"ours", 3000}, steady{"other", 1500}}
	rates, err := measure(clients, benchCases[0], time.Second)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	err = table{clients, []line{{benchCases[0], rates, 4}}}.print(&out)
	lines := strings.Split(out.String(), "\n")
	if err != nil || strings.Join(strings.Fields(lines[1]), " ") != "SELECT 1 calls 3,000 4.00 1,500 2.00×" {
		t.Errorf("%q, %v", lines[1], err)
	}
}
