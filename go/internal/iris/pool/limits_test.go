package pool

import (
	"testing"
	"time"
)

func TestLimitsOfARunningPoolCanChange(t *testing.T) {
	p, _ := start(t, Config{Max: 1, Overflow: -1, Wait: 5 * time.Second})
	first := acquire(t, p, user("a"))
	got := make(chan *Lease, 1)
	go func() {
		l, err := p.Acquire(ctx, user("a"))
		if err != nil {
			t.Error(err)
		}
		got <- l
	}()
	for p.Counters().Waiting == 0 {
		time.Sleep(time.Millisecond)
	}
	p.SetLimits(Config{Max: 2, Overflow: -1})
	second := <-got // room was made for who waited
	if c := p.Counters(); c.Ceiling != 2 || c.Leased != 2 {
		t.Errorf("%+v", c)
	}
	p.SetLimits(Config{Max: 1, Overflow: -1})
	first.Release()
	second.Release()
	if c := p.Counters(); c.Ceiling != 1 {
		t.Errorf("%+v", c)
	}
	for p.Counters().Open > 1 {
		time.Sleep(time.Millisecond) // the surplus is closed as it comes back
	}
}
