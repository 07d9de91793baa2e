package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// copyTree copies a clone without what git keeps.
func copyTree(from, to string) error {
	return eachFile(from, func(rest string, info fs.FileInfo) error {
		data, err := os.ReadFile(filepath.Join(from, rest))
		if err != nil {
			return err
		}
		name := filepath.Join(to, rest)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // public code
			return err
		}
		return os.WriteFile(name, data, info.Mode().Perm()|0o600)
	})
}

func eachFile(root string, do func(rest string, info fs.FileInfo) error) error {
	return filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && e.Name() == ".git" {
			return filepath.SkipDir
		}
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		rest, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		return do(rest, info)
	})
}

// pack makes a package of a directory: a ustar archive in gzip, module.xml at its top.
func pack(dir, file string) (err error) {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	z := gzip.NewWriter(f)
	w := tar.NewWriter(z)
	err = eachFile(dir, func(rest string, info fs.FileInfo) error {
		in, err := os.Open(filepath.Join(dir, rest))
		if err != nil {
			return err
		}
		defer in.Close() //nolint:errcheck // it was only read
		h := &tar.Header{Name: filepath.ToSlash(rest), Mode: int64(info.Mode().Perm()), Size: info.Size(), Typeflag: tar.TypeReg}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		_, err = io.Copy(w, in)
		return err
	})
	return errors.Join(err, w.Close(), z.Close(), f.Close())
}

// standIn makes a package that is nothing but a name and a version that suits.
func standIn(registry string, d dependency) error {
	version := strings.TrimLeft(d.version, "^~>=<v ")
	version, _, _ = strings.Cut(version, " ")
	version = strings.ReplaceAll(version, "*", "0")
	for strings.Count(version, ".") < 2 {
		version += ".0"
	}
	dir, err := os.MkdirTemp("", "module")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // in a temporary directory
	text := fmt.Sprintf(`<Export generator="Cache" version="25"><Document name="%[1]s.ZPM"><Module><Name>%[1]s</Name>`+
		`<Version>%s</Version><Packaging>module</Packaging></Module></Document></Export>`, d.name, version)
	if err := os.WriteFile(filepath.Join(dir, "module.xml"), []byte(text), 0o600); err != nil {
		return err
	}
	return pack(dir, filepath.Join(registry, strings.ReplaceAll(d.name, "%", "_")+"-"+version+".tgz"))
}
