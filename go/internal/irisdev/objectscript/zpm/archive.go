package zpm

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// extract unpacks a package. As IPM's own reader it makes plain files with the mode that every new file gets: modes, owners and
// links of the archive are lost, and in the older line files without content too.
func (m *manager) extract(archive, dir string) error {
	f, err := os.Open(archive)
	if err != nil {
		return problem(5012, archive)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return general("'%1' is not a package: %2", archive, err.Error())
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return general("'%1' is not a package: %2", archive, err.Error())
		}
		if err := m.extractOne(t, h, dir); err != nil {
			return err
		}
	}
}

func (m *manager) extractOne(t io.Reader, h *tar.Header, dir string) error {
	name := filepath.FromSlash(strings.TrimPrefix(h.Name, "./"))
	if name == "" || name == "." {
		return nil
	}
	if !filepath.IsLocal(name) {
		return general("The package has a file outside of its directory: %1", h.Name)
	}
	path := filepath.Join(dir, name)
	switch h.Typeflag {
	case tar.TypeDir:
		return made(os.MkdirAll(path, 0o777), path) //nolint:gosec // as IRIS makes them: the umask decides
	case tar.TypeReg:
		if h.Size == 0 && !m.rules.initialize {
			return nil
		}
		if err := made(os.MkdirAll(filepath.Dir(path), 0o777), path); err != nil { //nolint:gosec // likewise
			return err
		}
		return made(writeFile(path, t), path)
	}
	return nil
}

func made(err error, path string) error {
	if err != nil {
		return general("Error creating %1: %2", path, err.Error())
	}
	return nil
}

func writeFile(path string, from io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o666) //nolint:gosec // the umask decides
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from) //nolint:gosec // the size is that of a package someone installs
	return errors.Join(err, f.Close())
}

// manifestLimit is the largest module.xml that is looked at in an archive.
const manifestLimit = 1 << 20

// manifestIn reads the module.xml at the top of an archive without unpacking it; fs.ErrNotExist if it has none.
func manifestIn(archive string) (string, error) {
	f, err := os.Open(archive)
	if err != nil {
		return "", err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return "", err
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return "", fs.ErrNotExist
		}
		if err != nil {
			return "", err
		}
		if strings.TrimPrefix(h.Name, "./") == "module.xml" {
			data, err := io.ReadAll(io.LimitReader(t, manifestLimit))
			return string(data), err
		}
	}
}
