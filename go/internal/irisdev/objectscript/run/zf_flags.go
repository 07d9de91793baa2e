package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// zfFlags are the keywords of $ZF(-100) (IRIS docs, "$ZF(-100)").
type zfFlags struct {
	async, shell, logcmd, noquote bool
	stdin, stdout, stderr         redirection
	env                           []string // NAME=value
	envArray                      string
}

type redirection struct {
	name string
	add  bool
}

// readFlags reads keywords, with blanks between them or not. A file name with a slash stands in quotes. What is no keyword is
// <ILLEGAL VALUE>.
func readFlags(s string) (*zfFlags, error) {
	f := &zfFlags{}
	for s = strings.TrimLeft(s, " \t"); s != ""; s = strings.TrimLeft(s, " \t") {
		if s[0] != '/' {
			return nil, fault.New("ILLEGAL VALUE", "")
		}
		n := 1
		for n < len(s) && (s[n] >= 'A' && s[n] <= 'Z' || s[n] >= 'a' && s[n] <= 'z') {
			n++
		}
		word := strings.ToUpper(s[1:n])
		s = s[n:]
		add, has := false, false
		if strings.HasPrefix(s, "+=") {
			s, add, has = s[2:], true, true
		} else if strings.HasPrefix(s, "=") {
			s, has = s[1:], true
		}
		val := ""
		if has && word == "ENV" {
			var err error
			if s, err = f.readEnv(s); err != nil {
				return nil, err
			}
			continue
		}
		if has {
			var ok bool
			if val, s, ok = flagValue(s); !ok {
				return nil, fault.New("ILLEGAL VALUE", "")
			}
		}
		if !f.set(word, val, has, add) {
			return nil, fault.New("ILLEGAL VALUE", "")
		}
	}
	if f.stderr.name != "" && f.stderr.name == f.stdout.name && f.stderr.add != f.stdout.add {
		return nil, fault.New("ILLEGAL VALUE", "")
	}
	return f, nil
}

// set keeps a keyword; false if there is none such.
func (f *zfFlags) set(word, val string, has, add bool) bool {
	switch word {
	case "ASYNC":
		f.async = true
	case "SHELL":
		f.shell = true
	case "LOGCMD":
		f.logcmd = true
	case "NOQUOTE":
		f.noquote = true
	case "STDIN":
		f.stdin = redirection{val, false}
		return has && !add && val != ""
	case "STDOUT":
		f.stdout = redirection{val, add}
		return has && val != ""
	case "STDERR":
		f.stderr = redirection{val, add}
		return has && val != ""
	default:
		return false
	}
	return !has
}

// flagValue reads a value in quotes, or up to a blank or the next keyword.
func flagValue(s string) (val, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		n := strings.IndexAny(s, " \t/")
		if n < 0 {
			n = len(s)
		}
		return s[:n], s[n:], true
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		return b.String(), s[i+1:], true
	}
	return "", "", false
}

// readEnv reads (NAME:value,NAME2:"v") or arr... and gives what follows.
func (f *zfFlags) readEnv(s string) (rest string, err error) {
	bad := fault.New("ILLEGAL VALUE", "")
	if !strings.HasPrefix(s, "(") {
		n := strings.Index(s, "...")
		if n <= 0 {
			return "", bad
		}
		f.envArray = s[:n]
		for i := 0; i < n; i++ {
			c := s[i]
			if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && c >= '0' && c <= '9' || i == 0 && c == '%') {
				return "", bad
			}
		}
		return s[n+3:], nil
	}
	s = s[1:]
	for {
		s = strings.TrimLeft(s, " ")
		if strings.HasPrefix(s, ")") {
			return s[1:], nil
		}
		name, after, ok := strings.Cut(s, ":")
		if !ok || name == "" {
			return "", bad
		}
		var val string
		if strings.HasPrefix(after, `"`) {
			if val, s, ok = flagValue(after); !ok {
				return "", bad
			}
		} else {
			n := strings.IndexAny(after, ",)")
			if n < 0 {
				return "", bad
			}
			val, s = after[:n], after[n:]
		}
		f.env = append(f.env, strings.TrimSpace(name)+"="+val)
		switch {
		case strings.HasPrefix(s, ","):
			s = s[1:]
		case !strings.HasPrefix(s, ")"):
			return "", bad
		}
	}
}
