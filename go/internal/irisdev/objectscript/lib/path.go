package lib

import (
	"os"
	"path/filepath"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// separator ends directory names here; the development IRIS stands in for one on UNIX.
const separator = "/"

// absolute makes a file name absolute: relative ones are in the process's directory.
func absolute(p *run.Process, name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.Directory(), name)
}

// normal is absolute without . and .., and without a separator at the end.
func normal(p *run.Process, name string) string {
	if name == "" {
		name = p.Directory()
	}
	return filepath.Clean(absolute(p, name))
}

// directory is a directory's name with a separator at its end.
func directory(p *run.Process, name string) string {
	d := normal(p, name)
	if strings.HasSuffix(d, separator) {
		return d
	}
	return d + separator
}

var pathNatives = run.Natives{
	"%Library.File:NormalizeFilename": func(p *run.Process, c *run.Call) (run.Value, error) {
		name := c.Text(0)
		if name == "" {
			return run.Value{}, nil
		}
		if base := c.Text(1); base != "" && !filepath.IsAbs(name) {
			name = filepath.Join(base, name)
		}
		return run.Text(normal(p, name)), nil
	},
	"%Library.File:NormalizeDirectory": func(p *run.Process, c *run.Call) (run.Value, error) {
		name := c.Text(0)
		if base := c.Text(1); base != "" && !filepath.IsAbs(name) {
			name = filepath.Join(base, name)
		}
		return run.Text(directory(p, name)), nil
	},
	"%Library.File:Construct": func(p *run.Process, c *run.Call) (run.Value, error) {
		parts := make([]string, len(c.Args))
		for i := range c.Args {
			parts[i] = c.Text(i)
		}
		if len(parts) == 0 {
			return run.Value{}, nil
		}
		last := parts[len(parts)-1]
		joined := filepath.Join(parts...)
		if joined == "" {
			return run.Value{}, nil
		}
		if strings.HasSuffix(last, separator) {
			return run.Text(directory(p, joined)), nil
		}
		return run.Text(normal(p, joined)), nil
	},
	"%Library.File:GetDirectory": func(p *run.Process, c *run.Call) (run.Value, error) {
		name := c.Text(0)
		if name == "" {
			return run.Value{}, nil
		}
		if strings.HasSuffix(name, separator) {
			return run.Text(directory(p, name)), nil
		}
		full := normal(p, name)
		if c.Arg(1).Truth() {
			if real, err := filepath.EvalSymlinks(full); err == nil {
				full = real
			}
		}
		return run.Text(directory(p, filepath.Dir(full))), nil
	},
	"%Library.File:GetFilename": func(_ *run.Process, c *run.Call) (run.Value, error) {
		name := c.Text(0)
		return run.Text(name[strings.LastIndex(name, separator)+1:]), nil
	},
	"%Library.File:ParentDirectoryName": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Text(directory(p, filepath.Dir(strings.TrimSuffix(directory(p, c.Text(0)), separator)))), nil
	},
	"%Library.File:TempFilename": func(p *run.Process, c *run.Call) (run.Value, error) {
		dir := os.TempDir()
		if c.Text(1) != "" {
			dir = normal(p, c.Text(1))
		}
		pattern := "iris-*"
		if ext := c.Text(0); ext != "" {
			pattern += "." + ext
		}
		f, err := os.CreateTemp(dir, pattern)
		if err != nil {
			return answer(p, c, 2, err, run.Value{}), nil
		}
		name := f.Name()
		err = f.Close()
		if err == nil {
			err = os.Chmod(name, 0o666&^umask(p))
		}
		return answer(p, c, 2, err, run.Text(name)), nil
	},
}
