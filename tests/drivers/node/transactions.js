'use strict'
const { assert, fails, test } = require('./harness.js')

test('transactions nest', t => {
  const iris = t.iris()
  assert.equal(iris.getTLevel(), 0)
  iris.tStart()
  iris.set('outer', t.global)
  iris.tStart()
  assert.equal(iris.getTLevel(), 2)
  iris.set('inner', t.global)
  iris.tRollbackOne()
  assert.deepEqual([iris.getTLevel(), iris.get(t.global)], [1, 'outer'])
  iris.tStart()
  iris.set('kept', t.global, 1)
  iris.tCommit()
  assert.equal(iris.getTLevel(), 1)
  iris.tCommit()
  assert.deepEqual([iris.getTLevel(), iris.get(t.global), iris.get(t.global, 1)], [0, 'outer', 'kept'])
})

test('a rollback takes back sets and kills of all levels', t => {
  const iris = t.iris()
  iris.set('old', t.global)
  iris.set('deep', t.global, 1, 2)
  iris.tStart()
  iris.kill(t.global)
  iris.tStart()
  iris.set('new', t.global, 3)
  iris.tRollback()
  assert.deepEqual([iris.getTLevel(), iris.get(t.global), iris.get(t.global, 1, 2), iris.isDefined(t.global, 3)], [0, 'old', 'deep', 0])
})

test('increments stay after a rollback', t => {
  const iris = t.iris()
  iris.tStart()
  iris.increment(1, t.global)
  iris.tRollback()
  assert.equal(Number(iris.get(t.global)), 1)
})

test('others see what is not yet committed', t => {
  const [mine, other] = [t.iris(), t.iris()]
  mine.tStart()
  mine.set('uncommitted', t.global)
  assert.equal(other.get(t.global), 'uncommitted')
  mine.tRollback()
  assert.equal(other.get(t.global), null)
})

test('without a transaction commit is an error and rollback nothing', t => {
  const iris = t.iris()
  fails('<COMMAND> *NoTransaction', () => iris.tCommit())
  iris.tRollback()
  iris.tRollbackOne()
  assert.equal(iris.getTLevel(), 0)
})

test('there are 255 levels', t => {
  const iris = t.iris()
  for (let i = 0; i < 255; i++) iris.tStart()
  fails('<TRANSACTION LEVEL>', () => iris.tStart())
  assert.equal(iris.getTLevel(), 255)
  iris.tRollback()
  assert.equal(iris.getTLevel(), 0)
})

test('the end of a connection rolls its transaction back', t => {
  const connection = t.open()
  const mine = connection.createIris()
  const other = t.iris()
  mine.tStart()
  mine.set('lost', t.global)
  mine.lock('', 0, `^${t.global}`)
  connection.close()
  other.lock('', 5, `^${t.global}`) // the lock is free after the rollback
  assert.equal(other.get(t.global), null)
})

test('an error leaves the transaction open', t => {
  const iris = t.iris()
  iris.tStart()
  iris.set('kept', t.global)
  fails('<SUBSCRIPT>', () => iris.set(1, t.global, ''))
  assert.equal(iris.getTLevel(), 1)
  iris.tCommit()
  assert.equal(iris.get(t.global), 'kept')
})
