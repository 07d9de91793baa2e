'use strict'
const { assert, driver, fails, login, test } = require('./harness.js')

test('a connection says what it is connected to', t => {
  const c = t.open()
  assert.equal(c.host, login.host)
  assert.equal(c.port, login.port)
  assert.equal(c.namespace, 'USER')
  assert.equal(c.isClosed(), false)
  assert.equal(c.isUsingSharedMemory(), false)
  assert.ok(c.protocolVersion >= 61, `protocol ${c.protocolVersion}`)
  assert.equal(c.compactDouble, true)
})

test('refused logins are errors', t => {
  for (const [changes, text] of [
    [{ pwd: 'wrong' }, 'Access Denied'],
    [{ pwd: '' }, 'Access Denied'],
    [{ pwd: 'pässЖ' }, 'Access Denied'],
    [{ user: 'nobody' }, 'Access Denied'],
    [{ user: '', pwd: '' }, 'Access Denied'],
    [{ ns: 'NOSUCH' }, '<NAMESPACE>'],
    [{ port: 1 }, '<COMMUNICATION LINK ERROR>']
  ]) {
    fails(text, () => t.open(changes))
  }
})

test('after a refused login the next one works', t => {
  fails('Access Denied', () => t.open({ pwd: 'wrong' }))
  assert.equal(t.iris().getTLevel(), 0)
})

test('the letter case of user and namespace does not matter', t => {
  const iris = t.iris({ user: '_system', ns: 'user' })
  iris.set('x', t.global)
  assert.equal(t.iris().get(t.global), 'x')
})

test('namespaces have their own globals', t => {
  const user = t.iris()
  const sys = t.iris({ ns: '%SYS' })
  user.set('here', t.global)
  assert.equal(sys.get(t.global), null)
  sys.set('there', t.global)
  assert.equal(user.get(t.global), 'here')
})

test('a client that would like shared memory is served over TCP', t => {
  const iris = t.iris({ sharedmemory: true })
  iris.set(1, t.global)
  assert.equal(iris.get(t.global), 1)
})

test('two connections are two processes with one set of globals', t => {
  const one = t.iris()
  const two = t.iris()
  one.set('one', t.global, 1)
  two.set('two', t.global, 2)
  assert.deepEqual([...one.node(t.global).values()], ['one', 'two'])
  one.tStart()
  assert.deepEqual([one.getTLevel(), two.getTLevel()], [1, 0])
  one.tRollback()
})

test('a closed connection is closed', t => {
  const c = t.open()
  const iris = c.createIris()
  c.close()
  c.close()
  assert.equal(c.isClosed(), true)
  fails('<COMMUNICATION LINK ERROR>', () => iris.get(t.global))
  fails('closed connection', () => c.createIris())
})

test('connections with a call-back', async t => {
  const connect = changes => new Promise(resolve =>
    driver.createConnection({ ...login, ...changes }, (error, connection) => resolve({ error, connection })))
  const good = await connect({})
  assert.equal(good.error, undefined)
  assert.equal(t.keep(good.connection).createIris().getTLevel(), 0)
  const bad = await connect({ pwd: 'wrong' })
  assert.match(bad.error.message, /Access Denied/)
  assert.equal(bad.connection, undefined)
})

test('many connections one after the other', t => {
  for (let i = 0; i < 50; i++) {
    const c = t.open()
    assert.equal(c.createIris().increment(1, t.global), i + 1)
    c.close()
  }
})
