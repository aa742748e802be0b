// PouchDB's server on a free port of this machine, with its databases in a folder: node server.js FOLDER
// Prints the port once it listens; ends when its input ends.
'use strict';

const path = require('path');
const express = require('express');
const PouchDB = require('pouchdb');

const folder = process.argv[2];
const Databases = PouchDB.defaults({ prefix: path.join(folder, path.sep) });
const app = express();
app.use('/', require('express-pouchdb')(Databases, {
  mode: 'minimumForPouchDB',
  configPath: path.join(folder, 'config.json'),
  logPath: path.join(folder, 'log.txt'),
}));
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
