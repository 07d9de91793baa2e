package status

import (
	"os"
	"path/filepath"
	"sync"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// LogFile is the log's name in the sidecar's directory.
const LogFile = "sidecar.log"

// OpenLog makes the JSON log in DIR/sidecar.log, rotated to sidecar.log.1 when it has grown to most bytes. The function
// closes it.
func OpenLog(dir string, most int) (*zap.Logger, func() error, error) {
	f := &rotating{path: filepath.Join(dir, LogFile), most: int64(most)}
	if err := f.open(); err != nil {
		return nil, nil, err
	}
	encoding := zap.NewProductionEncoderConfig()
	encoding.TimeKey, encoding.EncodeTime = "ts", zapcore.RFC3339NanoTimeEncoder
	core := zapcore.NewCore(zapcore.NewJSONEncoder(encoding), f, zap.InfoLevel)
	return zap.New(core), f.Close, nil
}

// rotating is a file that starts anew when it has become long.
type rotating struct {
	path string
	most int64

	mu   sync.Mutex
	file *os.File
	size int64
}

func (r *rotating) open() error {
	f, size, err := openEnd(r.path)
	if err != nil {
		return err
	}
	r.file, r.size = f, size
	return nil
}

// Write implements zapcore.WriteSyncer.
func (r *rotating) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return 0, os.ErrClosed
	}
	n, err := r.file.Write(p)
	if r.size += int64(n); err != nil || r.size < r.most {
		return n, err
	}
	r.file.Close()
	_ = os.Rename(r.path, r.path+".1") // if it fails the file just grows on
	return n, r.open()
}

// Sync implements zapcore.WriteSyncer.
func (r *rotating) Sync() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return nil
	}
	return r.file.Sync()
}

// Close closes the file.
func (r *rotating) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}
