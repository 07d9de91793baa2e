package superserver

import "io"

// textWriter passes a character stream on as UTF-8 while it arrives in pieces; see streamText.
type textWriter struct {
	to   io.Writer
	held []byte // the end of a piece that can't be read without the next one
}

// Write implements io.Writer.
func (w *textWriter) Write(p []byte) (int, error) {
	piece := p
	if len(w.held) > 0 {
		w.held = append(w.held, p...)
		piece = w.held
	}
	whole := len(piece) - unfinished(piece)
	if err := w.pass(piece[:whole]); err != nil {
		return 0, err
	}
	w.held = append(w.held[:0], piece[whole:]...)
	return len(p), nil
}

// end passes on what no other piece will complete.
func (w *textWriter) end() error { return w.pass(w.held) }

func (w *textWriter) pass(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	text, err := streamText(b)
	if err == nil {
		_, err = w.to.Write(text)
	}
	return err
}

// unfinished counts the bytes at the end of b whose meaning depends on what follows: a cut character, or a high surrogate
// in three bytes, which a low one may complete.
func unfinished(b []byte) int {
	for n := min(5, len(b)); n > 0; n-- {
		tail := b[len(b)-n:]
		if tail[0] == 0xED && (n < 3 || tail[1]&0xF0 == 0xA0) {
			return n
		}
	}
	return len(b) - wholeCharacters(b)
}
