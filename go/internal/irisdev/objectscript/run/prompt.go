package run

// Prompt makes the principal device the current one, as the terminal does before each command, ends a line that was begun and
// writes a text. An empty text is no prompt: then a line is ended only if there is something on it.
func (p *Process) Prompt(text string) error {
	p.device = p.home
	if text == "" && p.home.x == 0 {
		return nil
	}
	if err := p.home.newLine(); err != nil {
		return err
	}
	if err := p.home.write(text); err != nil {
		return err
	}
	p.home.flush()
	return nil
}

// Halted reports that the process has ended its code by HALT; false while it runs and when it was ended hard.
func (p *Process) Halted() bool { return p.ended.Load() && p.life.Err() == nil }

// Resume lets code run again after HALT: the entries of ^%ZSTOP do.
func (p *Process) Resume() {
	if p.life.Err() == nil {
		p.ended.Store(false)
	}
}
