package pgfunc

import "strings"

// numberPrinter lays the digits of a number out over a template, position by position, as PostgreSQL's to_char does.
type numberPrinter struct {
	t      *numberTemplate
	number string // the digits with their point, without a sign
	sign   byte
	spaces int // positions before the first digit
	at     int // the next character of number
	count  int // positions in all
	pos    int // the position that is printed
	// last is the last digit that FM leaves, -1 for all of them.
	last      int
	signDone  bool
	signPlace int
	bracket   bool
	inNumber  bool
	zeroStart int
	out       strings.Builder
	cut       int // where the output ends, -1 for its end
	err       error
}

func (p *numberPrinter) run(pre int) (string, error) {
	t := p.t
	p.zeroStart = max(t.zeroStart-1, 0)
	p.signPlace, p.bracket, p.last, p.cut = t.sign, t.bracket, -1, -1
	switch {
	case t.plus && !t.minus:
	case t.minus:
		p.signDone = true
	default:
		if p.sign == '+' && t.fill {
			p.bracket = false
		}
		p.signDone = p.sign == '+' && t.fill && t.sign == signNone
		if p.signPlace == signBefore && pre == t.signAt {
			p.signPlace = signBehind
		}
	}
	p.count = t.post + pre - 1
	if t.fill && t.decimal {
		p.lastRelevant()
	}
	if !p.signDone && p.spaces == 0 {
		p.count++
	}
	for _, n := range t.nodes {
		if n.pattern == "" {
			p.out.WriteString(n.text)
			continue
		}
		p.pattern(n.pattern)
	}
	if p.cut >= 0 {
		return p.out.String()[:p.cut], p.err
	}
	return p.out.String(), p.err
}

// lastRelevant finds the last digit that is no trailing zero, or that a 0 of the template keeps.
func (p *numberPrinter) lastRelevant() {
	point := strings.IndexByte(p.number, '.')
	if point < 0 {
		return
	}
	p.last = point
	for i := point + 1; i < len(p.number); i++ {
		if p.number[i] != '0' {
			p.last = i
		}
	}
	if p.t.zeroEnd > p.spaces {
		p.last = max(p.last, min(len(p.number)-1, p.t.zeroEnd-p.spaces))
	}
}

// endsAtPoint reports that FM left nothing behind the point.
func (p *numberPrinter) endsAtPoint() bool { return p.last >= 0 && p.number[p.last] == '.' }

func (p *numberPrinter) pattern(pattern string) {
	t := p.t
	switch pattern {
	case "9", "0", ".", "D":
		p.digit(pattern)
	case ",", "G":
		if p.inNumber {
			p.out.WriteByte(',')
		} else if !t.fill {
			p.out.WriteByte(' ')
		}
	case "L":
		p.out.WriteByte(' ') // the currency symbol of the locale "C"
	case "TH", "th":
		if p.number[0] == '#' || p.sign == '-' || t.decimal {
			return
		}
		suffix, err := ordinal(p.number, pattern == "TH")
		p.out.WriteString(suffix)
		p.err = err
	case "MI":
		p.signOr('-')
	case "PL":
		p.signOr('+')
	case "SG":
		p.out.WriteByte(p.sign)
	}
}

// signOr prints the sign if it is the one that the pattern is for, else a blank.
func (p *numberPrinter) signOr(sign byte) {
	if p.sign == sign {
		p.out.WriteByte(sign)
	} else if !p.t.fill {
		p.out.WriteByte(' ')
	}
}

// hiddenZero reports the 0 before a point, which 9.9 does not print.
func (p *numberPrinter) hiddenZero() bool {
	return !p.t.zero && p.at == 0 && p.number[0] == '0' && p.t.post != 0
}

func (p *numberPrinter) digit(pattern string) {
	t := p.t
	p.inNumber = false
	if !p.signDone && (p.pos >= p.spaces || t.zero && p.zeroStart == p.pos) && (!p.hiddenZero() || p.endsAtPoint()) {
		p.writeSign()
	}
	switch {
	case p.pos < p.spaces && (p.zeroStart > p.pos || !t.zero):
		if !t.fill {
			p.out.WriteByte(' ')
		}
	case t.zero && p.pos < p.spaces:
		p.out.WriteByte('0')
		p.inNumber = true
	default:
		p.writeDigit(pattern)
		if p.at < len(p.number) {
			p.at++
		}
	}
	end := p.count
	if p.spaces > 0 {
		end++
	}
	if t.decimal {
		end++
	}
	if p.last >= 0 && p.last == p.at {
		end = p.pos
	}
	if p.pos+1 == end {
		p.closeSign()
	}
	p.pos++
}

func (p *numberPrinter) writeDigit(pattern string) {
	c := byte(0)
	if p.at < len(p.number) {
		c = p.number[p.at]
	}
	switch {
	case c == '.':
		p.out.WriteByte('.')
	case p.last >= 0 && p.at > p.last && pattern != "0":
	case p.hiddenZero():
		if !p.t.fill {
			p.out.WriteByte(' ')
		} else if p.endsAtPoint() {
			p.out.WriteByte('0')
		}
	case c != 0:
		p.out.WriteByte(c)
		p.inNumber = true
	case p.cut < 0:
		// Only NaN and the infinities are shorter than the template; PostgreSQL's output ends with them.
		p.cut = p.out.Len()
	}
}

// writeSign prints what stands before the digits.
func (p *numberPrinter) writeSign() {
	switch {
	case p.t.sign != signNone:
		if p.signPlace == signBefore {
			p.out.WriteByte(p.sign)
			p.signDone = true
		}
		return
	case p.bracket && p.sign == '-':
		p.out.WriteByte('<')
	case p.sign == '-':
		p.out.WriteByte('-')
	case !p.t.fill:
		p.out.WriteByte(' ')
	}
	p.signDone = true
}

// closeSign prints what stands behind the last digit.
func (p *numberPrinter) closeSign() {
	switch {
	case p.signDone && p.bracket && p.sign == '-':
		p.out.WriteByte('>')
	case p.signDone && p.bracket:
		p.out.WriteByte(' ')
	case p.t.sign != signNone && p.signPlace == signBehind:
		p.out.WriteByte(p.sign)
	}
}
