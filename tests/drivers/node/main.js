// InterSystems' native driver for Node.js against irisdev. It has no SQL: globals, locks, transactions and class methods.
'use strict'
require('./connections.js')
require('./values.js')
require('./lists.js')
require('./nodes.js')
require('./locks.js')
require('./transactions.js')
require('./classes.js')
require('./harness.js').run()
