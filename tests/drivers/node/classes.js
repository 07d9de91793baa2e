'use strict'
const { assert, driver, fails, test } = require('./harness.js')
const { Decimal } = require('decimal.js')

test('versions of server and driver', t => {
  const iris = t.iris()
  assert.match(iris.getServerVersion(), /Version 2025\.1 Build /)
  assert.equal(iris.getAPIVersion(), '2.0.3')
})

test('class methods return what the caller wants it to be', t => {
  const iris = t.iris()
  const call = want => iris[`classMethod${want}`]('%SYSTEM.Version', 'GetMajor')
  assert.equal(call('Value'), '2025')
  assert.equal(call('Object'), '2025')
  assert.equal(call('String'), '2025')
  assert.equal(call('Number'), 2025)
  assert.equal(call('BigInt'), 2025n)
  assert.equal(call('Boolean'), true)
  assert.ok(call('Decimal').equals('2025'))
  assert.equal(call('Bytes').toString(), '2025')
  assert.equal(call('Void'), null)
  fails('<LIST ERROR>', () => call('IRISList'))
})

test('class methods with a call-back', async t => {
  const iris = t.iris()
  const call = (cls, method) => new Promise(resolve =>
    iris.classMethodAsync(cls, method, [], (error, result) => resolve(error ? error.message : result)))
  assert.equal(await call('%SYSTEM.Version', 'GetNumber'), '2025.1.0.1.0')
  assert.match(await call('No.Such', 'Method'), /<CLASS DOES NOT EXIST>/)
})

const KINDS = ['Value', 'Object', 'String', 'Number', 'BigInt', 'Boolean', 'Decimal', 'Bytes', 'IRISList', 'Void']

test('classes, methods and parameters that do not exist', t => {
  const iris = t.iris()
  for (const kind of KINDS) {
    const call = (...args) => iris[`classMethod${kind}`](...args)
    fails('<CLASS DOES NOT EXIST> *No.Such', () => call('No.Such', 'Method'))
    fails('<METHOD DOES NOT EXIST> *Nope,%SYSTEM.Version', () => call('%SYSTEM.Version', 'Nope'))
    fails('<PARAMETER>', () => call('%SYSTEM.Version', 'GetNumber', 1))
  }
  assert.equal(iris.getTLevel(), 0)
})

test('arguments of every kind arrive', t => {
  const iris = t.iris()
  const list = iris.createList().add(1)
  const reference = new driver.IRISReference('in')
  fails('<CLASS DOES NOT EXIST> *No.Such', () => iris.classMethodValue('No.Such', 'Method', 1, 1.5, -7n, true, 'a', 'é漢😀', '', null, undefined,
    Buffer.from([0, 255]), new Decimal('1.25'), list, reference, 'x'.repeat(70000)))
  assert.equal(reference.getValue(), 'in')
})

test('routines cannot be called', t => {
  const iris = t.iris()
  for (const kind of ['', 'Object', 'String', 'Number', 'BigInt', 'Boolean', 'Decimal', 'Bytes', 'IRISList']) {
    fails('<FUNCTION>', () => iris[`function${kind}`]('entry', 'Routine', 1))
  }
  fails('<FUNCTION>', () => iris.procedure('entry', 'Routine', 1))
  fails('<FUNCTION>', () => iris.procedure('entry', 'Routine'))
})
