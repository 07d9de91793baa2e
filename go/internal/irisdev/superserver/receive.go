package superserver

// received is a message, or what ended the connection.
type received struct {
	request
	err error
}

// next gives the next message. Most statements are over at once and need no goroutine that reads beside them: then the
// connection is read here.
func (c *conn) next() (request, error) {
	c.mu.Lock()
	beside := c.received
	c.mu.Unlock()
	if beside == nil {
		return readRequest(c.in, maxBody)
	}
	if got, ok := <-beside; ok {
		return got.request, got.err
	}
	if err := c.ctx.Err(); err != nil {
		return request{}, err
	}
	c.mu.Lock()
	c.received = nil
	c.mu.Unlock()
	return readRequest(c.in, maxBody)
}

// listen has messages received beside the one that is handled, for a statement that waits or takes its time: clients send
// several without waiting, and the end of the connection must be noticed.
func (c *conn) listen() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.received != nil || !c.busy {
		return
	}
	into := make(chan received, 4)
	c.received = into
	go func() {
		defer close(into)
		for again := true; again; again = c.isBusy() {
			req, err := readRequest(c.in, maxBody)
			if err != nil {
				c.cancel()
			}
			select {
			case into <- received{req, err}:
			case <-c.ctx.Done():
				return
			}
		}
	}()
}

// dropReceived waits until nobody reads any more.
func (c *conn) dropReceived() {
	if c.received != nil {
		for range c.received {
		}
	}
}

func (c *conn) setBusy(yes bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy = yes
}

func (c *conn) isBusy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.busy
}
