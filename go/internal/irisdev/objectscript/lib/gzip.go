package lib

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// gzipClass is the class of file streams whose files are compressed.
const gzipClass = "%Stream.FileBinaryGzip"

// unzip takes the compression off the bytes of a file that a compressed stream reads.
func unzip(o *run.Object, data []byte) ([]byte, error) {
	if !o.Class.Is(gzipClass) || len(data) == 0 {
		return data, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(r)
	return out, errors.Join(err, r.Close())
}

// zip compresses the bytes that such a stream writes.
func zip(o *run.Object, data []byte) ([]byte, error) {
	if !o.Class.Is(gzipClass) {
		return data, nil
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
