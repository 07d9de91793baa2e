package lib

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// fixed makes a method that gives a text of the instance.
func fixed(what func(s *run.System) string) run.Native {
	return func(p *run.Process, _ *run.Call) (run.Value, error) { return run.Text(what(p.System())), nil }
}

var utilNatives = run.Natives{
	"%SYSTEM.Util:GetEnviron": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return run.Text(os.Getenv(c.Text(0))), nil
	},
	"%SYSTEM.Util:ManagerDirectory": fixed(func(s *run.System) string { return s.Dir }),
	"%SYSTEM.Util:DataDirectory":    fixed(func(s *run.System) string { return parentDir(s.Dir) }),
	"%SYSTEM.Util:InstallDirectory": fixed(func(s *run.System) string { return parentDir(s.Dir) }),
	"%SYSTEM.Util:BinaryDirectory": fixed(func(s *run.System) string {
		if s.Bin != "" {
			return s.Bin
		}
		return parentDir(s.Dir) + "bin/"
	}),
	"%SYSTEM.Util:NumberOfCPUs": func(*run.Process, *run.Call) (run.Value, error) { return run.Int(int64(runtime.NumCPU())), nil },
	"%SYSTEM.Util:GetOSErrorText": func(_ *run.Process, c *run.Call) (run.Value, error) {
		n := number(c, 0)
		if n < 0 {
			n = -n
		}
		return run.Text(osText(n)), nil
	},
	"%SYSTEM.Util:CreateGUID": func(*run.Process, *run.Call) (run.Value, error) {
		s, err := guid()
		return run.Text(s), err
	},
	"%SYSTEM.Util:IsDST": func(p *run.Process, c *run.Call) (run.Value, error) {
		t := p.Now()
		if h, ok := fromHorolog(c.Text(0), time.Local); ok {
			t = h
		}
		return run.Bool(t.IsDST()), nil
	},
	"%SYSTEM.Util:UTCtoLocalWithZTIMEZONE": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return zoned(c, time.UTC, time.Local)
	},
	"%SYSTEM.Util:LocalWithZTIMEZONEtoUTC": func(_ *run.Process, c *run.Call) (run.Value, error) {
		return zoned(c, time.Local, time.UTC)
	},
	"%SYSTEM.INetInfo:LocalHostName": func(*run.Process, *run.Call) (run.Value, error) { return run.Text(hostName()), nil },
}

func parentDir(dir string) string {
	return strings.TrimSuffix(filepath.Dir(strings.TrimSuffix(dir, separator)), separator) + separator
}

func hostName() string {
	host, err := os.Hostname()
	if err != nil {
		return "localhost"
	}
	return host
}

// guid makes a random GUID in capital letters.
func guid() (string, error) {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%X-%X-%X-%X-%X", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
}

// fromHorolog reads days,seconds.
func fromHorolog(s string, zone *time.Location) (time.Time, bool) {
	day, seconds, ok := strings.Cut(s, ",")
	if !ok {
		return time.Time{}, false
	}
	y, m, d, ok := value.DateOf(int(whole(day)))
	if !ok {
		return time.Time{}, false
	}
	f := value.Text(seconds).Number().Approx()
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, zone).Add(time.Duration(f*1e6) * time.Microsecond), true
}

// zoned turns a $HOROLOG of one zone into that of another.
func zoned(c *run.Call, from, to *time.Location) (run.Value, error) {
	t, ok := fromHorolog(c.Text(0), from)
	if !ok {
		return run.Value{}, fault.New("ILLEGAL VALUE", "")
	}
	return run.Text(horolog(t.In(to))), nil
}

// versionNumber finds the version in $ZVERSION: the first word that is digits with points.
func versionNumber(s string) []string {
	for _, w := range strings.Fields(s) {
		parts := strings.Split(w, ".")
		if _, err := strconv.Atoi(parts[0]); err == nil && len(parts) > 1 {
			return parts
		}
	}
	return []string{"0", "0"}
}

// part makes a method that gives a part of the version.
func part(n int) run.Native {
	return fixed(func(s *run.System) string {
		if parts := versionNumber(s.Version); n < len(parts) {
			return parts[n]
		}
		return "0"
	})
}

var versionNatives = run.Natives{
	"%SYSTEM.Version:GetNumber": fixed(func(s *run.System) string {
		parts := versionNumber(s.Version)
		for len(parts) < 3 {
			parts = append(parts, "0")
		}
		return strings.Join(append(parts, "1", "0"), ".")
	}),
	"%SYSTEM.Version:GetMajor": part(0),
	"%SYSTEM.Version:GetMinor": part(1),
	"%SYSTEM.Version:GetPoint": part(2),
	"%SYSTEM.Version:GetBuildNumber": fixed(func(s *run.System) string {
		_, rest, ok := strings.Cut(s.Version, "Build ")
		if !ok {
			return ""
		}
		return strings.TrimRight(strings.Fields(rest)[0], ")")
	}),
	"%SYSTEM.Version:GetBuildOS": fixed(func(*run.System) string {
		if runtime.GOOS == "windows" {
			return "Windows"
		}
		return "UNIX"
	}),
	"%SYSTEM.Version:GetOS": fixed(func(*run.System) string {
		if runtime.GOOS == "windows" {
			return "Windows"
		}
		return "UNIX"
	}),
	"%SYSTEM.Version:GetPlatform": fixed(func(*run.System) string {
		machine := map[string]string{"amd64": "x86-64", "arm64": "ARM64"}[runtime.GOARCH]
		if machine == "" {
			machine = runtime.GOARCH
		}
		return "Ubuntu Server LTS for " + machine
	}),
}

var eventNatives = run.Natives{
	"%SYSTEM.Event:Create": func(p *run.Process, c *run.Call) (run.Value, error) {
		if !eventName(c.Text(0)) {
			return run.Value{}, fault.New("FUNCTION", "")
		}
		return run.Bool(p.System().CreateEvent(c.Text(0))), nil
	},
	"%SYSTEM.Event:Delete": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Bool(p.System().DeleteEvent(c.Text(0))), nil
	},
	"%SYSTEM.Event:Defined": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Bool(p.System().EventDefined(c.Text(0))), nil
	},
	"%SYSTEM.Event:Signal": func(p *run.Process, c *run.Call) (run.Value, error) {
		ok := p.System().SignalEvent(c.Text(0), c.Text(1))
		if _, isNumber := numeric(c.Arg(0).Value); !ok && !isNumber {
			return run.Value{}, fault.New("UNDEFINED", "*"+c.Text(0))
		}
		return run.Bool(ok), nil
	},
	"%SYSTEM.Event:Wait": func(p *run.Process, c *run.Call) (run.Value, error) {
		code, _, err := p.WaitEvent(c.Text(0), seconds(c, 1))
		return run.Int(int64(code)), err
	},
	"%SYSTEM.Event:WaitMsg": func(p *run.Process, c *run.Call) (run.Value, error) {
		code, message, err := p.WaitEvent(c.Text(0), seconds(c, 1))
		return list(run.Int(int64(code)), run.Text(message)), err
	},
	"%SYSTEM.Event:Clear": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Int(int64(p.System().ClearEvent(queueName(p, c)))), nil
	},
	"%SYSTEM.Event:Count": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Int(int64(p.System().CountEvent(queueName(p, c)))), nil
	},
}

// eventName reports a name in the form of $NAME: a local or global variable.
func eventName(s string) bool {
	s = strings.TrimPrefix(s, "^")
	if s == "" {
		return false
	}
	c := s[0]
	return c == '%' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

func queueName(p *run.Process, c *run.Call) string {
	if c.Text(0) == "" {
		return strconv.FormatInt(p.Job(), 10)
	}
	return c.Text(0)
}

// seconds is a time-out; a negative one is for ever.
func seconds(c *run.Call, at int) time.Duration {
	f := c.Arg(at).Number().Approx()
	if f < 0 {
		return -1
	}
	return time.Duration(f * float64(time.Second))
}

var systemNatives = run.Natives{
	"%SYS.System:WriteToConsoleLog": func(p *run.Process, c *run.Call) (run.Value, error) {
		severity := number(c, 2)
		if severity < -2 || severity > 3 {
			return Status(5001, "Severity "+c.Text(2)+" is not between -2 and 3"), nil
		}
		if err := p.System().Console(p.Job(), severity, c.Text(3), c.Text(0)); err != nil {
			return Status(5001, err.Error()), nil
		}
		return good, nil
	},
	"%SYS.System:GetInstanceName": fixed(func(s *run.System) string { return s.Instance }),
	"%SYS.System:GetNodeName": func(_ *run.Process, c *run.Call) (run.Value, error) {
		host := hostName()
		if !c.Arg(0).Truth() {
			host, _, _ = strings.Cut(host, ".")
		}
		return run.Text(host), nil
	},
	"%SYS.System:TempDirectory": func(*run.Process, *run.Call) (run.Value, error) {
		return run.Text(strings.TrimSuffix(os.TempDir(), separator) + separator), nil
	},
}

var namespaceNatives = run.Natives{
	"%SYS.Namespace:Exists": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Bool(p.System().Store.HasNamespace(c.Text(0))), nil
	},
	"%SYS.Namespace:ListAll": func(p *run.Process, c *run.Call) (run.Value, error) {
		to := c.Var(0)
		if to == nil {
			return run.Value{}, nil
		}
		p.Clear(to)
		for _, ns := range p.System().Store.Namespaces() {
			node, err := to.Make(value.Text(ns))
			if err != nil {
				return run.Value{}, err
			}
			p.Assign(node, run.Value{})
		}
		return run.Value{}, nil
	},
	"Config.Namespaces:Create": func(p *run.Process, c *run.Call) (run.Value, error) {
		if !p.Allowed("%Admin_Manage", "USE") {
			return Status(921, "%Admin_Manage:USE"), nil
		}
		if p.System().Store.HasNamespace(c.Text(0)) {
			return Status(887, "Namespace", c.Text(0)), nil
		}
		if err := p.System().Store.CreateNamespace(c.Text(0)); err != nil {
			return Status(5001, err.Error()), nil
		}
		return good, nil
	},
}
