// What all tests use: connections, names that no other test has, counts. The address of irisdev comes in IRISDEV_ADDRESS.
'use strict'
const assert = require('node:assert/strict')
const driver = require('@intersystems/intersystems-iris-native')

const at = process.env.IRISDEV_ADDRESS.lastIndexOf(':')
const login = {
  host: process.env.IRISDEV_ADDRESS.slice(0, at), port: Number(process.env.IRISDEV_ADDRESS.slice(at + 1)),
  ns: 'USER', user: '_SYSTEM', pwd: 'SYS', sharedmemory: false
}

// LIMIT is how many UTF-16 units the longest string of IRIS has.
const LIMIT = 3641144

const tests = []
// test registers one: its body gets a Scope and may be asynchronous.
function test(name, body) {
  tests.push({ name, body })
}

// Scope is what one test works with; its connections are closed behind it.
class Scope {
  #connections = []

  constructor(number) {
    this.global = `T${number}`
  }

  open(changes = {}) {
    return this.keep(driver.createConnection({ ...login, ...changes }))
  }

  keep(connection) {
    this.#connections.push(connection)
    return connection
  }

  // iris is the native interface of a new connection.
  iris(changes) {
    return this.open(changes).createIris()
  }

  close() {
    for (const c of this.#connections) c.close()
  }
}

// fails checks that do throws an error whose message has the text.
function fails(text, do_) {
  assert.throws(do_, e => {
    assert.ok(e instanceof Error && e.message.includes(text), `an error with ${text}, got ${e}`)
    return true
  })
}

// run runs all tests and ends with their counts.
async function run() {
  let passed = 0
  let failed = 0
  for (const [i, t] of tests.entries()) {
    const scope = new Scope(i + 1)
    try {
      await t.body(scope)
      passed++
    } catch (e) {
      failed++
      console.log(`FAILED ${t.name}: ${String(e.stack).slice(0, 2000)}`)
    } finally {
      scope.close()
    }
  }
  console.log(`${passed} passed, ${failed} failed, 0 skipped`)
  process.exitCode = failed > 0 ? 1 : 0
}

module.exports = { assert, driver, fails, LIMIT, login, run, test }
