package store

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"iris-pgwire/internal/irisdev/value"
)

// Operations of journal records.
const (
	opNamespace = 'N' // db
	opSet       = 'S' // one node
	opRemove    = 'R' // one node
	opKill      = 'K' // a node and all below
	opEnd       = 'E' // a transaction is over: what it changed is final
	opUndo      = 'U' // only in checkpoints: how to take back a change of a transaction that was open
	opComplete  = 'Z' // the end of a checkpoint
)

// record is one entry of the journal. txn is 0 for a change that is final at once.
type record struct {
	op       byte
	txn      uint64
	db, name string
	key      string
	had      bool // opUndo: the node had the value val
	val      value.Value
}

var (
	errTail   = errors.New("the journal ends inside a record")
	errRecord = errors.New("the record is damaged")
	crcTable  = crc32.MakeTable(crc32.Castagnoli)
)

// A record on disk: length of the body and its CRC-32C, four bytes each, then the body.
const recordHead = 8

// appendRecord encodes a record.
func appendRecord(buf []byte, r record) []byte {
	from := len(buf)
	buf = append(buf, make([]byte, recordHead)...)
	buf = binary.AppendUvarint(append(buf, r.op), r.txn)
	for _, s := range []string{r.db, r.name, r.key} {
		buf = append(binary.AppendUvarint(buf, uint64(len(s))), s...)
	}
	if r.op == opUndo && !r.had {
		buf = append(buf, 0)
	} else if r.op == opUndo || r.op == opSet {
		buf = appendValue(append(buf, 1), r.val)
	}
	body := buf[from+recordHead:]
	binary.LittleEndian.PutUint32(buf[from:], uint32(len(body)))
	binary.LittleEndian.PutUint32(buf[from+4:], crc32.Checksum(body, crcTable))
	return buf
}

// nextRecord decodes the first record of data and says how many bytes it took; errTail if it is not whole.
func nextRecord(data []byte) (record, int, error) {
	if len(data) < recordHead {
		return record{}, 0, errTail
	}
	n := uint64(binary.LittleEndian.Uint32(data))
	if uint64(len(data)-recordHead) < n {
		return record{}, 0, errTail
	}
	body := data[recordHead : recordHead+n]
	if crc32.Checksum(body, crcTable) != binary.LittleEndian.Uint32(data[4:]) {
		return record{}, 0, errRecord
	}
	r, err := decodeRecord(body)
	return r, recordHead + int(n), err
}

func decodeRecord(b []byte) (r record, err error) {
	if len(b) < 2 {
		return r, errRecord
	}
	r.op = b[0]
	txn, n := binary.Uvarint(b[1:])
	if n <= 0 {
		return r, errRecord
	}
	r.txn, b = txn, b[1+n:]
	for _, s := range []*string{&r.db, &r.name, &r.key} {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return r, errRecord
		}
		*s, b = string(b[n:n+int(size)]), b[n+int(size):]
	}
	if len(b) > 0 && b[0] == 1 {
		r.had = true
		r.val, err = decodeValue(b[1:])
	}
	return r, err
}

// appendValue encodes a value with its kind, so that a text of digits stays a text and a list a list.
func appendValue(buf []byte, v value.Value) []byte {
	buf = append(buf, byte(v.Kind()))
	if v.Kind() == value.List || v.Kind() == value.String {
		return append(buf, v.Raw()...)
	}
	return value.AppendItem(buf, v)
}

func decodeValue(b []byte) (value.Value, error) {
	if len(b) == 0 {
		return value.Value{}, errRecord
	}
	switch value.Kind(b[0]) {
	case value.List:
		return value.ListOf(string(b[1:])), nil
	case value.String:
		return value.Text(string(b[1:])), nil
	}
	item, _, err := value.NextItem(b[1:])
	return item.Value, err
}
