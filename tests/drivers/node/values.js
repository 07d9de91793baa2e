'use strict'
const { assert, driver, fails, LIMIT, test } = require('./harness.js')
const { Decimal } = require('decimal.js')

// kept sets a value and gives back what the getter makes of it.
function kept(iris, name, value, getter = 'get') {
  iris.set(value, name, 'v')
  return iris[getter](name, 'v')
}

test('numbers are kept bit for bit', t => {
  const iris = t.iris()
  for (const n of [0, 1, -1, 127, 128, 255, 256, 65535, 65536, -65537, 2 ** 31, -(2 ** 31), 2 ** 53, Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER, 1.5, -0.25, 0.1, 1 / 3, 1e100, -1e-300, Number.MAX_VALUE, Number.MIN_VALUE, -0, NaN, Infinity, -Infinity]) {
    for (const getter of ['get', 'getNumber']) {
      assert.ok(Object.is(kept(iris, t.global, n, getter), n), `${getter} of ${n}: ${iris.get(t.global, 'v')}`)
    }
  }
})

test('numbers read as text are canonical', t => {
  const iris = t.iris()
  for (const [n, text] of [[0, '0'], [-7, '-7'], [1.5, '1.5'], [-0.25, '-.25'], [2 ** 40, '1099511627776'], [10n ** 18n, '1000000000000000000'],
    [new Decimal('0.50'), '.5'], [true, '1'], [false, '0']]) {
    assert.equal(kept(iris, t.global, n, 'getString'), text)
  }
})

test('integers of 64 bits are exact, greater ones are kept as digits', t => {
  const iris = t.iris()
  for (const n of [0n, 1n, -1n, 255n, -256n, 2n ** 53n + 1n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n)]) {
    assert.equal(kept(iris, t.global, n), n)
    assert.equal(iris.getString(t.global, 'v'), String(n))
  }
  for (const n of [2n ** 63n, -(2n ** 63n) - 1n, 10n ** 30n]) {
    assert.equal(kept(iris, t.global, n, 'getBigInt'), n)
    assert.equal(iris.get(t.global, 'v'), String(n))
  }
})

test('decimals are exact to 18 digits', t => {
  const iris = t.iris()
  for (const text of ['0', '1', '12.5', '-0.000001', '123456789012.345678', '-999999999999999999', '1e100', '1e-100']) {
    const got = kept(iris, t.global, new Decimal(text), 'getDecimal')
    assert.ok(got.equals(text), `${text}: ${got}`)
  }
})

test('booleans are 1 and 0', t => {
  const iris = t.iris()
  for (const b of [true, false]) {
    assert.equal(kept(iris, t.global, b, 'getBoolean'), b)
    assert.equal(iris.get(t.global, 'v'), b ? 1n : 0n)
  }
})

test('strings are kept unit by unit', t => {
  const iris = t.iris()
  const latin = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))
  for (const s of ['x', ' ', 'a b', '007', '1e5', 'é', '\x80ÿ', latin, '漢字', 'é漢', '😀a', '\u{10FFFF}', 'a\0b', '\0\0',
    '\uFEFF\uFFFF', ...[252, 253, 254, 255, 65533, 65534, 65535, 65536].flatMap(n => ['x'.repeat(n), 'é'.repeat(n)]),
    '漢'.repeat(126), '漢'.repeat(127), '漢'.repeat(128), '漢'.repeat(32767), '漢'.repeat(32768), '漢'.repeat(70000)]) {
    assert.ok(kept(iris, t.global, s, 'getString') === s, `a string of ${s.length} from ${JSON.stringify(s.slice(0, 8))}`)
    assert.ok(iris.get(t.global, 'v') === s)
  }
})

test('a string has at most 3641144 units', t => {
  const iris = t.iris()
  for (const [s, long] of [['x'.repeat(LIMIT), 'y'], ['漢'.repeat(LIMIT), 'y'], ['😀'.repeat(LIMIT / 2), '😀']]) {
    assert.ok(kept(iris, t.global, s) === s)
    fails('<MAXSTRING>', () => iris.set(s + long, t.global, 'long'))
    assert.equal(iris.isDefined(t.global, 'long'), 0)
  }
})

test('null and the empty string are the empty string', t => {
  const iris = t.iris()
  for (const v of ['', null, Buffer.alloc(0)]) {
    assert.equal(kept(iris, t.global, v), null)
    assert.equal(iris.getString(t.global, 'v'), '')
    assert.equal(iris.isDefined(t.global, 'v'), 1)
  }
})

test('$CHAR(0) alone is read as the empty string, and is not', t => {
  const iris = t.iris()
  assert.equal(kept(iris, t.global, '\0'), '')
  assert.equal(iris.getString(t.global, 'v'), '')
  assert.ok(iris.getBytes(t.global, 'v').equals(Buffer.from([0])))
})

test('bytes are kept', t => {
  const iris = t.iris()
  for (const b of [Buffer.from(Array.from({ length: 256 }, (_, i) => i)), Buffer.from([0]), Buffer.alloc(100000, 0xC3)]) {
    assert.ok(kept(iris, t.global, b, 'getBytes').equals(b))
  }
  assert.equal(iris.getString(t.global, 'v'), 'Ã'.repeat(100000))
})

test('what the driver cannot send leaves the node alone', t => {
  const iris = t.iris()
  for (const v of [undefined, {}, [1], new Date(0), Symbol('x'), () => 1, '\uD800', new Decimal('1e200'), new driver.IRISReference(1)]) {
    assert.throws(() => iris.set(v, t.global))
    assert.equal(iris.isDefined(t.global), 0)
  }
})

test('a node without value is null for every getter', t => {
  const iris = t.iris()
  iris.set(1, t.global, 'below')
  for (const getter of ['get', 'getObject', 'getBoolean', 'getBytes', 'getDecimal', 'getBigInt', 'getNumber', 'getString', 'getList', 'getIRISList']) {
    assert.equal(iris[getter](t.global), null)
    assert.equal(iris[getter](t.global, 'none', 1), null)
  }
})

test('a thousand random numbers come back', t => {
  const iris = t.iris()
  let seed = 1
  const bits = new DataView(new ArrayBuffer(8))
  for (let i = 0; i < 1000; i++) {
    for (const at of [0, 4]) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      bits.setUint32(at, seed)
    }
    const n = bits.getFloat64(0)
    assert.ok(Object.is(kept(iris, t.global, n), n), String(n))
    assert.equal(kept(iris, t.global, bits.getBigInt64(0)), bits.getBigInt64(0))
  }
})
