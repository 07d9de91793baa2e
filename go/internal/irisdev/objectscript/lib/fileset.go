package lib

import (
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// horolog writes a time as $HOROLOG has it, with milliseconds where it has a fraction.
func horolog(t time.Time) string {
	day, _ := value.DayOf(t.Year(), int(t.Month()), t.Day())
	seconds := t.Hour()*3600 + t.Minute()*60 + t.Second()
	s := strconv.Itoa(day) + "," + strconv.Itoa(seconds)
	if ms := t.Nanosecond() / 1e6; ms > 0 {
		s += strings.TrimRight("."+("000" + strconv.Itoa(ms))[len(strconv.Itoa(ms)):], "0")
	}
	return s
}

// fileTime is the time of a file's last change, in local time or UTC.
func fileTime(_ *run.Process, c *run.Call, name string) (run.Value, error) {
	st, err := os.Stat(name)
	if err != nil {
		return run.Value{}, nil
	}
	t := st.ModTime().Local()
	if c.Arg(1).Truth() {
		t = t.UTC()
	}
	return run.Text(horolog(t)), nil
}

func setFileTime(p *run.Process, c *run.Call) (run.Value, error) {
	day, seconds, _ := strings.Cut(c.Text(1), ",")
	y, m, d, ok := value.DateOf(int(whole(day)))
	if !ok {
		return run.Int(0), nil
	}
	zone := time.Local
	if c.Arg(2).Truth() {
		zone = time.UTC
	}
	f := value.Text(seconds).Number().Approx()
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, zone).Add(time.Duration(f * float64(time.Second)))
	return answer(p, c, 3, os.Chtimes(normal(p, c.Text(0)), t, t), run.Int(1)), nil
}

// fileSetRows lists the files of a directory for the query FileSet (IRIS docs, "%Library.File": FileSet).
func fileSetRows(p *run.Process, c *run.Call) (run.Value, error) {
	dir := normal(p, c.Text(0))
	entries, err := os.ReadDir(dir)
	if err != nil {
		set(p, c, 5, Status(5007, c.Text(0)))
		return run.Value{}, nil
	}
	set(p, c, 5, good)
	patterns := strings.Split(c.Text(1), orDefault(c.Text(4), ";"))
	var rows []row
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(dir, e.Name()))
		if err != nil {
			continue // it was removed meanwhile
		}
		match := matchesAny(e.Name(), patterns)
		if info.IsDir() && !c.Arg(3).Truth() || !info.IsDir() && !match || info.IsDir() && c.Text(3) == "2" && !match {
			continue
		}
		rows = append(rows, fileRow(dir, info))
	}
	by := strings.ToLower(c.Text(2))
	sort.SliceStable(rows, func(i, j int) bool { return less(rows[i], rows[j], by) })
	items := make([]run.Value, len(rows))
	for i, r := range rows {
		items[i] = list(r[:]...)
	}
	return list(items...), nil
}

func orDefault(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func matchesAny(name string, patterns []string) bool {
	for _, pattern := range patterns {
		if ok, err := filepath.Match(strings.TrimSpace(pattern), name); ok && err == nil {
			return true
		}
	}
	return false
}

// row is Name, Type, Size, DateCreated, DateModified, ItemName.
type row [6]run.Value

func fileRow(dir string, info fs.FileInfo) row {
	typ, size := "F", run.Int(info.Size())
	switch {
	case info.IsDir():
		typ, size = "D", run.Value{}
	case !info.Mode().IsRegular():
		typ = "S"
	}
	at := run.Text(info.ModTime().Local().Format("2006-01-02 15:04:05"))
	return row{run.Text(filepath.Join(dir, info.Name())), run.Text(typ), size, at, at, run.Text(info.Name())}
}

// less orders rows; types are always together, directories first only when sorted by Type.
func less(a, b row, by string) bool {
	switch by {
	case "type":
		if a[1].Text() != b[1].Text() {
			return a[1].Text() < b[1].Text()
		}
	case "size":
		return value.CompareNumbers(a[2].Value, b[2].Value) < 0
	case "datecreated", "datemodified":
		return a[4].Text() < b[4].Text()
	}
	return a[0].Text() < b[0].Text()
}

func getOwner(p *run.Process, c *run.Call) (run.Value, error) {
	owner, group, err := owners(normal(p, c.Text(0)))
	if err != nil {
		return run.Int(0), nil
	}
	if u, err := user.LookupId(owner); err == nil {
		owner = u.Username
	}
	if g, err := user.LookupGroupId(group); err == nil {
		group = g.Name
	}
	set(p, c, 1, run.Text(owner+":"+group))
	return run.Int(1), nil
}

func setOwner(p *run.Process, c *run.Call) (run.Value, error) {
	owner, group, _ := strings.Cut(c.Text(1), ":")
	uid, gid := -1, -1
	if owner != "" {
		u, err := user.Lookup(owner)
		if err != nil {
			return answer(p, c, 2, syscall.EINVAL, run.Int(1)), nil
		}
		uid = int(whole(u.Uid))
	}
	if group != "" {
		g, err := user.LookupGroup(group)
		if err != nil {
			return answer(p, c, 2, syscall.EINVAL, run.Int(1)), nil
		}
		gid = int(whole(g.Gid))
	}
	return answer(p, c, 2, os.Chown(normal(p, c.Text(0)), uid, gid), run.Int(1)), nil
}
