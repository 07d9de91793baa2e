package superserver

import "container/list"

// statementCache keeps the statements of a connection by text, the least recently used last.
type statementCache struct {
	limit  int
	order  *list.List // of *Statement, the most recent in front
	byText map[string]*list.Element
	forget []uint32 // ids that IRIS is to be told to forget
}

func newStatementCache(limit int) *statementCache {
	return &statementCache{limit: limit, order: list.New(), byText: map[string]*list.Element{}}
}

func (sc *statementCache) get(text string) *Statement {
	e, ok := sc.byText[text]
	if !ok {
		return nil
	}
	sc.order.MoveToFront(e)
	return e.Value.(*Statement)
}

// put adds a statement and evicts the oldest ones whose cursor is not open.
func (sc *statementCache) put(st *Statement) {
	sc.byText[st.text] = sc.order.PushFront(st)
	for e := sc.order.Back(); e != nil && sc.order.Len() > sc.limit; {
		previous := e.Prev()
		if old := e.Value.(*Statement); old.cursor == nil && old != st {
			sc.drop(old)
		}
		e = previous
	}
}

// drop takes a statement out and has its id forgotten. Its holder may still execute it: it is then prepared again.
func (sc *statementCache) drop(st *Statement) {
	if e, ok := sc.byText[st.text]; ok && e.Value.(*Statement) == st {
		sc.order.Remove(e)
		delete(sc.byText, st.text)
	}
	if st.id != 0 {
		sc.forget = append(sc.forget, st.id)
		st.id = 0
	}
}

// appendForget puts the message that names the forgotten ids in front of the next request; it has no reply.
func (c *Conn) appendForget() {
	ids := c.cache.forget
	if len(ids) == 0 {
		return
	}
	start := len(c.out)
	c.frame(code{'U', 'C'}, 0)
	c.out = appendInt(c.out, int64(len(ids)))
	for _, id := range ids {
		c.out = appendInt(c.out, int64(id))
	}
	endFrame(c.out, start)
	c.cache.forget = ids[:0]
}
