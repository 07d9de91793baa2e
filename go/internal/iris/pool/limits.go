package pool

func (p *Pool) config() *Config { return p.cfg.Load() }

// SetLimits changes size, overflow, wait, idle and age of a running pool; zero values mean the defaults. Connections beyond a smaller
// size are closed as they come back.
func (p *Pool) SetLimits(cfg Config) {
	p.mu.Lock()
	defer p.mu.Unlock()
	old := p.config()
	cfg.Reset, cfg.LicenseRetry, cfg.LicenseRefused = old.Reset, old.LicenseRetry, old.LicenseRefused
	cfg = cfg.withDefaults()
	p.cfg.Store(&cfg)
	most := cfg.Max + cfg.Overflow
	// A ceiling that a missing licence lowered stays, unless it is above the new one.
	if p.ceiling == old.Max+old.Overflow || p.ceiling > most {
		p.ceiling = most
	}
	p.serve()
}
