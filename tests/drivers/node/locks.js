'use strict'
const { assert, fails, test } = require('./harness.js')

// held checks that the other connection does not get the lock. The driver has no other sign of that than an error.
function held(other, mode, name, ...subs) {
  fails('<TIMEOUT>', () => other.lock(mode, 0, name, ...subs))
}

test('an exclusive lock excludes everyone else', t => {
  const [mine, other] = [t.iris(), t.iris()]
  const name = `^${t.global}`
  assert.equal(mine.lock('', 0, name, 1), true)
  assert.equal(mine.lock('', 0, name, 1), true)
  held(other, '', name, 1)
  held(other, 'S', name, 1)
  held(other, '', name)
  held(other, '', name, 1, 'below')
  assert.equal(other.lock('', 0, name, 2), true)
  mine.unlock('', name, 1)
  held(other, '', name, 1)
  mine.unlock('', name, 1)
  assert.equal(other.lock('', 0, name, 1), true)
})

test('shared locks exclude exclusive ones only', t => {
  const [mine, other] = [t.iris(), t.iris()]
  const name = `^${t.global}`
  mine.lock('S', 0, name)
  assert.equal(other.lock('S', 0, name), true)
  held(other, '', name)
  mine.unlock('S', name)
  assert.equal(other.lock('', 0, name), true)
})

test('unlock with another type than the lock leaves it', t => {
  const [mine, other] = [t.iris(), t.iris()]
  const name = `^${t.global}`
  mine.lock('S', 0, name)
  mine.unlock('', name)
  held(other, '', name)
  mine.unlock('s', name)
  other.lock('', 0, name)
})

test('a lock waits for its seconds', t => {
  const [mine, other] = [t.iris(), t.iris()]
  mine.lock('', 0, `^${t.global}`)
  const from = process.hrtime.bigint()
  fails('<TIMEOUT>', () => other.lock('', 1, `^${t.global}`))
  const waited = Number(process.hrtime.bigint() - from) / 1e9
  assert.ok(waited > 0.9 && waited < 10, `${waited} s`)
})

test('a negative number of seconds is none', t => {
  const [mine, other] = [t.iris(), t.iris()]
  mine.lock('', -1, `^${t.global}`)
  fails('<TIMEOUT>', () => other.lock('', -1, `^${t.global}`))
})

test('names with and without the caret are two locks', t => {
  const [mine, other, sys] = [t.iris(), t.iris(), t.iris({ ns: '%SYS' })]
  mine.lock('', 0, t.global)
  assert.equal(other.lock('', 0, `^${t.global}`), true)
  held(other, '', t.global)
  held(sys, '', t.global)
  assert.equal(sys.lock('', 0, `^${t.global}`), true)
})

test('releaseAllLocks gives back everything', t => {
  const [mine, other] = [t.iris(), t.iris()]
  const name = `^${t.global}`
  for (const mode of ['', 'S', 'E', 'SE', '']) mine.lock(mode, 0, name, mode.length)
  mine.releaseAllLocks()
  assert.equal(other.lock('', 0, name), true)
  mine.releaseAllLocks()
})

test('the end of a connection frees its locks', t => {
  const connection = t.open()
  connection.createIris().lock('', 0, `^${t.global}`)
  const other = t.iris()
  held(other, '', `^${t.global}`)
  connection.close()
  assert.equal(other.lock('', 5, `^${t.global}`), true)
})

test('in a transaction an unlocked name is free at its end, or at once with I', t => {
  const [mine, other] = [t.iris(), t.iris()]
  const name = `^${t.global}`
  mine.tStart()
  for (const s of [1, 2]) mine.lock('', 0, name, s)
  mine.unlock('', name, 1)
  mine.unlock('I', name, 2)
  held(other, '', name, 1)
  assert.equal(other.lock('', 0, name, 2), true)
  mine.tCommit()
  assert.equal(other.lock('', 0, name, 1), true)
})

test('a thousand escalating locks become one of the name above', t => {
  const [mine, other] = [t.iris(), t.iris()]
  const name = `^${t.global}`
  for (let i = 0; i <= 1000; i++) mine.lock('E', 0, name, i)
  held(other, '', name, 'never locked')
  for (let i = 0; i <= 1000; i++) mine.unlock('E', name, i)
  assert.equal(other.lock('', 0, name, 'never locked'), true)
})

test('lock types that do not exist', t => {
  const iris = t.iris()
  for (const mode of ['X', 'I', 'D', 'SEX']) fails('<SYNTAX>', () => iris.lock(mode, 0, `^${t.global}`))
  for (const mode of ['X', 'ID', 'SDI']) fails('<SYNTAX>', () => iris.unlock(mode, `^${t.global}`))
  fails('<SUBSCRIPT>', () => iris.lock('', 0, `^${t.global}`, ''))
  iris.unlock('SED', `^${t.global}`)
})
