// The recorded scenario for InterSystems' native driver for Node.js, which has no SQL: its native calls.
'use strict'
const assert = require('node:assert/strict')
const net = require('node:net')
const driver = require('@intersystems/intersystems-iris-native')

const [host, port] = process.env.IRISDEV_ADDRESS.split(':')
const [stepHost, stepPort] = process.env.RECORD_STEPS.split(':')
const steps = net.connect(Number(stepPort), stepHost)

// step tells the recorder what comes now.
function step(name) {
  return new Promise(resolve => {
    steps.once('data', resolve)
    steps.write(`${name}\n`)
  })
}

function connect(pwd) {
  return driver.createConnection({ host, port: Number(port), ns: 'USER', user: '_SYSTEM', pwd, sharedmemory: false })
}

async function main() {
  await step('refused login')
  assert.throws(() => connect('wrong'))
  await step('connect')
  const connection = connect('SYS')
  const iris = connection.createIris()
  await step('native set')
  iris.set('\u00e9', 'RecGlobal', 1, 'a')
  iris.set(42, 'RecGlobal', 2)
  await step('native get')
  assert.equal(iris.get('RecGlobal', 1, 'a'), '\u00e9')
  assert.equal(Number(iris.get('RecGlobal', 2)), 42)
  assert.equal(iris.get('RecGlobal', 3), null)
  await step('native data')
  iris.isDefined('RecGlobal', 1)
  await step('native increment')
  iris.increment(3, 'RecGlobal', 'n')
  await step('native lock')
  iris.lock('', 1, '^RecGlobal')
  iris.unlock('', '^RecGlobal')
  await step('native class method')
  iris.classMethodValue('%SYSTEM.Version', 'GetNumber')
  await step('native error')
  assert.throws(() => iris.classMethodValue('No.Such.Class', 'Method', 1, 'a'))
  await step('native kill')
  iris.kill('RecGlobal')
  await step('disconnect')
  connection.close()
  steps.end()
}

main()
