'use strict'
const { assert, driver, fails, test } = require('./harness.js')
const { Decimal } = require('decimal.js')

// ORDER are subscripts as the standard collation of IRIS has them: numbers by value, then texts by character.
const ORDER = ['-10', '-1', '-.5', '0', '.1', '2.5', '3.25', '9', '10', '1000000', ' ', '"', '007', '1.0', '10a', 'B', 'a', 'b', 'é', '漢', '😀']

function filled(t) {
  const iris = t.iris()
  for (const s of [...ORDER].sort()) iris.set(`v${s}`, t.global, s)
  return iris
}

test('nodes are found with and without the caret', t => {
  const iris = t.iris()
  iris.set('x', `^${t.global}`, 1)
  assert.equal(iris.get(t.global, 1), 'x')
  assert.equal(iris.isDefined(`^${t.global}`), 10)
})

test('a number and its text are the same subscript', t => {
  const iris = t.iris()
  for (const [s, same] of [[1, '1'], [1n, '1'], [true, '1'], [2.5, '2.5'], [-0.5, '-.5'], [new Decimal('3.250'), '3.25'], [1e20, '100000000000000000000']]) {
    iris.set(`by ${same}`, t.global, s)
    assert.equal(iris.get(t.global, same), `by ${same}`)
  }
  iris.set('text', t.global, '1.0')
  assert.equal(iris.get(t.global, 1), 'by 1')
})

test('names that are no names and subscripts that are none', t => {
  const iris = t.iris()
  for (const name of ['', '^', '1a', 'a b', 'a.', 'ä-']) fails('<SYNTAX>', () => iris.set(1, name))
  for (const s of ['', null, undefined]) {
    for (const call of [() => iris.set(1, t.global, s), () => iris.get(t.global, s), () => iris.kill(t.global, s),
      () => iris.isDefined(t.global, s), () => iris.increment(1, t.global, s), () => iris.set(1, t.global, s, 2)]) {
      fails('<SUBSCRIPT>', call)
    }
  }
  fails('<SUBSCRIPT>', () => iris.set(1, t.global, 'x'.repeat(600)))
  assert.throws(() => iris.set(1, t.global, {}))
  assert.throws(() => iris.set(1))
  assert.equal(iris.isDefined(t.global), 0)
})

test('zero bytes, bytes and lists are subscripts', t => {
  const iris = t.iris()
  const list = iris.createList().add(7)
  iris.set('zero', t.global, '\0')
  iris.set('bytes', t.global, Buffer.from([200, 201]))
  iris.set('list', t.global, list)
  assert.equal(iris.get(t.global, '\0'), 'zero')
  assert.equal(iris.get(t.global, 'ÈÉ'), 'bytes')
  assert.equal(iris.get(t.global, list), 'list')
  assert.equal(iris.nextSubscript(false, t.global, null), '\0')
})

test('isDefined tells values from nodes below', t => {
  const iris = t.iris()
  iris.set(1, t.global, 'a', 'b')
  assert.deepEqual([iris.isDefined(t.global), iris.isDefined(t.global, 'a'), iris.isDefined(t.global, 'a', 'b'), iris.isDefined(t.global, 'c')], [10, 10, 1, 0])
  iris.set('', t.global, 'a')
  assert.equal(iris.isDefined(t.global, 'a'), 11)
})

test('kill takes the node and what is below it', t => {
  const iris = t.iris()
  for (const s of [[], ['a'], ['a', 1], ['a', 1, 2], ['b']]) iris.set(1, t.global, ...s)
  iris.kill(t.global, 'a', 1)
  assert.deepEqual([iris.isDefined(t.global, 'a'), iris.isDefined(t.global, 'a', 1, 2), iris.isDefined(t.global, 'b')], [1, 0, 1])
  iris.kill(t.global, 'none')
  iris.kill(t.global)
  assert.equal(iris.isDefined(t.global), 0)
})

test('next and previous subscripts', t => {
  const iris = filled(t)
  for (const [reversed, order] of [[false, ORDER], [true, [...ORDER].reverse()]]) {
    const seen = []
    for (let s = iris.nextSubscript(reversed, t.global, ''); s !== null; s = iris.nextSubscript(reversed, t.global, s)) seen.push(s)
    assert.deepEqual(seen, order)
    assert.equal(iris.nextSubscript(reversed, t.global, null), order[0])
  }
  assert.equal(iris.nextSubscript(false, t.global, 5), '9')
  assert.equal(iris.nextSubscript(true, t.global, 5), '3.25')
  assert.equal(iris.nextSubscript(false, t.global, 'none', ''), null)
  fails('<SUBSCRIPT>', () => iris.nextSubscript(false, t.global, '', 1))
})

test('iterators walk keys, values, entries and nodes both ways', t => {
  const iris = filled(t)
  const node = iris.node(t.global)
  const values = ORDER.map(s => `v${s}`)
  assert.deepEqual([...node.keys()], ORDER)
  assert.deepEqual([...node.subscripts()], ORDER)
  assert.deepEqual([...node.values()], values)
  assert.deepEqual([...node.entries()], ORDER.map(s => [s, `v${s}`]))
  assert.deepEqual([...iris.iterator(t.global)], ORDER.map(s => [s, `v${s}`]))
  assert.deepEqual([...node.reversed().keys()], [...ORDER].reverse())
  assert.deepEqual([...node.reversed().values()], [...values].reverse())
  assert.equal([...node.nodes()].length, ORDER.length)
  assert.deepEqual([...node.nodeEntries()].map(([s]) => s), ORDER)
})

test('iterators start behind a subscript', t => {
  const iris = filled(t)
  const from = ORDER.indexOf('9')
  assert.deepEqual([...iris.iterator(t.global).startFrom(9).keys()], ORDER.slice(from + 1))
  assert.deepEqual([...iris.iterator(t.global).reversed().startFrom('9').keys()], ORDER.slice(0, from).reverse())
  assert.deepEqual([...iris.iterator(t.global).startFrom('\u{10FFFF}')], [])
})

test('iterators show nodes without value and empty strings', t => {
  const iris = t.iris()
  iris.set(1, t.global, 'a', 'below')
  iris.set('', t.global, 'b')
  iris.set('\0', t.global, 'c')
  assert.deepEqual([...iris.iterator(t.global)], [['a', null], ['b', null], ['c', '']])
  assert.deepEqual([...iris.iterator(t.global, 'a')], [['below', 1]])
  assert.deepEqual([...iris.iterator(t.global, 'none')], [])
})

test('a node is like a map', t => {
  const iris = t.iris()
  const node = iris.node(t.global)
  node.set('a', 1).set('b', 2)
  node.node('a').set('deep', 3)
  assert.equal(node.size, 2)
  assert.deepEqual([node.has('a'), node.has('c'), node.get('b'), node.get('c'), node.get('c', 'else')], [true, false, 2, undefined, 'else'])
  const seen = []
  node.forEach((s, v) => seen.push([s, v]))
  assert.deepEqual(seen, [['a', 1], ['b', 2]])
  assert.deepEqual([node.delete('a'), node.delete('a'), node.size], [true, false, 1])
  node.clear()
  assert.equal(iris.isDefined(t.global), 0)
})

test('a changed global changes the walk', t => {
  const iris = t.iris()
  const other = t.iris()
  for (const s of [1, 2, 4]) iris.set(s, t.global, s)
  const seen = []
  for (const s of iris.node(t.global).keys()) {
    seen.push(s)
    if (s === '2') other.set(3, t.global, 3)
  }
  assert.deepEqual(seen, ['1', '2', '3', '4'])
})

test('the driver walks up to a stop subscript', t => {
  const iris = filled(t)
  assert.deepEqual(iris._nextNodeWithStop(false, 10, t.global, '9'), ['10', 'v10'])
  assert.deepEqual(iris._nextNodeWithStop(true, '2.5', t.global, '3.25'), ['2.5', 'v2.5'])
  assert.equal(iris._nextNodeWithStop(false, 9.5, t.global, '9')[0], '')
})

test('increments are numbers of the right kind', t => {
  const iris = t.iris()
  assert.equal(Number(iris.increment(5, t.global)), 5)
  assert.equal(Number(iris.increment(-1.5, t.global)), 3.5)
  assert.equal(String(iris.increment(new Decimal('0.5'), t.global)), '4')
  assert.equal(Number(iris.increment('2', t.global)), 6)
  assert.equal(Number(iris.increment(null, t.global)), 6)
  assert.equal(iris.increment(1n, t.global, 'n'), 1n)
  assert.equal(iris.increment(2n ** 40n, t.global, 'n'), 2n ** 40n + 1n)
  iris.set('12 apples', t.global, 's')
  assert.equal(Number(iris.increment(1, t.global, 's')), 13)
})

test('increments of two connections are not lost', t => {
  const both = [t.iris(), t.iris()]
  for (let i = 0; i < 500; i++) both[i % 2].increment(1, t.global)
  assert.equal(Number(both[0].get(t.global)), 500)
  assert.ok(both[0] instanceof driver.Iris)
})
