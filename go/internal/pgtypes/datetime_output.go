package pgtypes

import (
	"encoding/binary"
	"math"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

func textDate(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	days, err := dayValue(t, v)
	if err != nil {
		return dst, err
	}
	return appendDays(dst, days), nil
}

func textTime(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	micros, err := clockValue(t, v)
	if err != nil {
		return dst, err
	}
	return appendClock(dst, micros), nil
}

func textTimestamp(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	micros, err := stampValue(t, v)
	if err != nil {
		return dst, err
	}
	return appendTimestamp(dst, micros, ""), nil
}

// textTimestamptz prints in the session's zone what IRIS holds in UTC.
func textTimestamptz(dst []byte, t Type, v iris.Value, st Style) ([]byte, error) {
	micros, err := stampValue(t, v)
	if err != nil {
		return dst, err
	}
	if st.Location == nil || st.Location == time.UTC {
		return appendTimestamp(dst, micros, "+00"), nil
	}
	if micros == infiniteFuture || micros == infinitePast {
		return appendTimestamp(dst, micros, ""), nil
	}
	offset := offsetAt(st.Location, micros)
	var zone [9]byte
	return appendTimestamp(dst, micros+int64(offset)*microsPerSecond, string(appendOffset(zone[:0], offset))), nil
}

func sendDate(dst []byte, t Type, v iris.Value) ([]byte, error) {
	days, err := dayValue(t, v)
	if err != nil {
		return dst, err
	}
	switch days {
	case infiniteFuture:
		days = math.MaxInt32
	case infinitePast:
		days = math.MinInt32
	}
	return binary.BigEndian.AppendUint32(dst, uint32(days)), nil
}

func recvDate(t Type, b []byte) (iris.Value, error) {
	if len(b) != 4 {
		return iris.Null(), badBinary(t)
	}
	days := int64(int32(binary.BigEndian.Uint32(b)))
	switch {
	case days == math.MaxInt32:
		days = infiniteFuture
	case days == math.MinInt32:
		days = infinitePast
	case days < minDay || days >= endDay:
		return iris.Null(), pgerr.New(pgerr.DatetimeFieldOverflow, "date out of range")
	}
	return formatDate(days), nil
}

func sendTime(dst []byte, t Type, v iris.Value) ([]byte, error) {
	micros, err := clockValue(t, v)
	if err != nil {
		return dst, err
	}
	return binary.BigEndian.AppendUint64(dst, uint64(micros)), nil
}

func recvTime(t Type, b []byte) (iris.Value, error) {
	if len(b) != 8 {
		return iris.Null(), badBinary(t)
	}
	micros := int64(binary.BigEndian.Uint64(b))
	if micros < 0 || micros > microsPerDay {
		return iris.Null(), pgerr.New(pgerr.DatetimeFieldOverflow, "time out of range")
	}
	return iris.TextBytes(appendClock(make([]byte, 0, 15), roundMicros(micros, t.Mod))), nil
}

func sendTimestamp(dst []byte, t Type, v iris.Value) ([]byte, error) {
	micros, err := stampValue(t, v)
	if err != nil {
		return dst, err
	}
	return binary.BigEndian.AppendUint64(dst, uint64(micros)), nil
}

func recvTimestamp(t Type, b []byte) (iris.Value, error) {
	if len(b) != 8 {
		return iris.Null(), badBinary(t)
	}
	micros := roundMicros(int64(binary.BigEndian.Uint64(b)), t.Mod)
	if micros != infiniteFuture && micros != infinitePast && (micros < minTimestamp || micros >= endTimestamp) {
		return iris.Null(), pgerr.New(pgerr.DatetimeFieldOverflow, "timestamp out of range")
	}
	return formatTimestamp(micros), nil
}
