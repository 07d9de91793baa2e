package config

import (
	"encoding/json"
	"math"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The functions of this file make a key's set from the field that it fills and the values that are allowed.

type setter = func(c *Config, v any) bool

func name(field func(*Config) *string) setter {
	return func(c *Config, v any) bool {
		s, ok := v.(string)
		if !ok || s == "" || strings.ContainsAny(s, "\x00\r\n") {
			return false
		}
		*field(c) = s
		return true
	}
}

func oneOf(field func(*Config) *string, allowed ...string) setter {
	return func(c *Config, v any) bool {
		s, ok := v.(string)
		if !ok || !slices.Contains(allowed, s) {
			return false
		}
		*field(c) = s
		return true
	}
}

func boolean(field func(*Config) *bool) setter {
	return func(c *Config, v any) bool {
		b, ok := v.(bool)
		if ok {
			*field(c) = b
		}
		return ok
	}
}

func integer(field func(*Config) *int, least, most int64) setter {
	return func(c *Config, v any) bool {
		n, ok := v.(json.Number)
		if !ok {
			return false
		}
		i, err := strconv.ParseInt(n.String(), 10, 64)
		if err != nil || i < least || i > most {
			return false
		}
		*field(c) = int(i)
		return true
	}
}

func seconds(field func(*Config) *time.Duration, least, most float64) setter {
	return func(c *Config, v any) bool {
		n, ok := v.(json.Number)
		if !ok {
			return false
		}
		f, err := n.Float64()
		if err != nil || math.IsNaN(f) || f < least || f > most {
			return false
		}
		*field(c) = time.Duration(f * float64(time.Second))
		return true
	}
}

func minutes(field func(*Config) *time.Duration, least, most float64) setter {
	return func(c *Config, v any) bool {
		var d time.Duration
		if !seconds(func(*Config) *time.Duration { return &d }, least, most)(c, v) {
			return false
		}
		*field(c) = d * 60
		return true
	}
}

func hostPort(field func(*Config) *string) setter {
	return func(c *Config, v any) bool {
		s, ok := v.(string)
		if !ok {
			return false
		}
		_, port, err := net.SplitHostPort(s)
		if err != nil {
			return false
		}
		if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
			return false
		}
		*field(c) = s
		return true
	}
}

var versionForm = regexp.MustCompile(`^1[4-8](\.[0-9]{1,2})?$`)

func version(field func(*Config) *string) setter {
	return func(c *Config, v any) bool {
		s, ok := v.(string)
		if !ok || !versionForm.MatchString(s) {
			return false
		}
		*field(c) = s
		return true
	}
}

func textMap(field func(*Config) *map[string]string) setter {
	return func(c *Config, v any) bool {
		m, ok := v.(map[string]any)
		if !ok {
			return false
		}
		out := make(map[string]string, len(m))
		for k, item := range m {
			s, ok := item.(string)
			if !ok || k == "" || s == "" {
				return false
			}
			out[k] = s
		}
		*field(c) = out
		return true
	}
}
