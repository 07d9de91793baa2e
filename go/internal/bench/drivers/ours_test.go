package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	wire "iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlrun"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/variant"
)

// startIris runs an irisdev in this process, so that a profile shows both sides, and gives its address.
func startIris(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- instance.Run(ctx, instance.Options{Dir: dir, Version: "2025.1", Profile: variant.Documented,
			Engine: func(c instance.EngineConfig) (superserver.Engine, error) {
				version, err := irissql.ParseVersion(c.Version)
				return sqlrun.New(sqlrun.Config{Store: c.Store, Version: version, VersionText: c.VersionText, Variant: c.Variant,
					Interrupt: c.Interrupt}), err
			}})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("irisdev: %v", err)
		}
	})
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		var ready instance.Ready
		if text, err := os.ReadFile(filepath.Join(dir, instance.ReadyFile)); err == nil && json.Unmarshal(text, &ready) == nil {
			return ready.Listen
		}
	}
	t.Fatal("irisdev is not ready in time")
	return ""
}

// BenchmarkCases measures every case with the server in the same process: its profile shows what the time goes to.
func BenchmarkCases(b *testing.B) {
	conn, err := wire.Connect(b.Context(), wire.Config{Address: startIris(b)}, iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"})
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
