package superserver

import (
	"encoding/binary"
	"strings"

	"iris-pgwire/internal/irisdev/variant"
)

// moreFrames in a reply's statement id says that the message goes on in another frame.
const moreFrames = 1 << 31

// splitFrame is where the frames of a long reply end (variant "reply-in-one-frame"), wherever that is in an item. The number
// is odd, so that it never falls in with anything.
const splitFrame = 8191

// What two clients call themselves that read the first frame alone, so that IRIS can't send them more: go-irisnative, and
// InterSystems' native library, whose name of a program keeps its end of C.
const (
	applicationOfGo = "libirisnative"
	endOfNative     = "\x00"
)

// cutsReplies reports that the client gets long replies in several frames.
func (c *conn) cutsReplies() bool {
	name := c.login.Application
	return c.session != nil && name != applicationOfGo && !strings.HasSuffix(name, endOfNative) && !c.srv.Variant.Likely(variant.ReplyInOneFrame)
}

// cutReplies writes every frame of a run of replies that is longer than splitFrame as several. The status of the last one
// counts; the JDBC driver looks at the first, so that it gets the same in all.
func cutReplies(replies []byte, everywhere bool) []byte {
	out := make([]byte, 0, len(replies)+len(replies)/splitFrame*headSize+headSize)
	for len(replies) > 0 {
		head, size := replies[:headSize], int(binary.LittleEndian.Uint32(replies))
		body := replies[headSize : headSize+size]
		replies = replies[headSize+size:]
		for first := true; first || len(body) > 0; first = false {
			part := body[:min(len(body), splitFrame)]
			body = body[len(part):]
			from := len(out)
			out = append(append(out, head...), part...)
			endReply(out, from)
			if len(body) == 0 {
				continue
			}
			binary.LittleEndian.PutUint32(out[from+8:], binary.LittleEndian.Uint32(head[8:])|moreFrames)
			if !everywhere {
				out[from+12], out[from+13] = statusOK, 0
			}
		}
	}
	return out
}
