// What PouchDB does beside the counter's sync. Each call prints {"documents": n, "seconds": s}.
//   node client.js fill FOLDER FILE           documents from a file with one JSON document a line
//   node client.js attach FOLDER FILE SIZE    the same, each with SIZE random bytes attached
//   node client.js push FOLDER URL BATCH      replicate to a server
//   node client.js pull FOLDER URL BATCH      replicate from a server
'use strict';

const crypto = require('crypto');
const fs = require('fs');
const PouchDB = require('pouchdb');

const AT_ONCE = 500;
const [act, folder, from, option] = process.argv.slice(2);

function documents() {
  return fs.readFileSync(from, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

async function fill(database, dress) {
  const all = documents();
  for (let begin = 0; begin < all.length; begin += AT_ONCE) {
    await database.bulkDocs(all.slice(begin, begin + AT_ONCE).map(dress));
  }
  return all.length;
}

function attached(size) {
  return (document) => ({
    ...document,
    _attachments: { page: { content_type: 'image/jpeg', data: crypto.randomBytes(size) } },
  });
}

async function replicated(replication) {
  const result = await replication;
  if (!result.ok || result.doc_write_failures) throw new Error(JSON.stringify(result));
  return result.docs_written;
}

async function main() {
  const database = new PouchDB(folder);
  const options = { batch_size: Number(option) };
  const acts = {
    fill: () => fill(database, (document) => document),
    attach: () => fill(database, attached(Number(option))),
    push: () => replicated(database.replicate.to(from, options)),
    pull: () => replicated(database.replicate.from(from, options)),
  };
  const begun = process.hrtime.bigint();
  const count = await acts[act]();
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(JSON.stringify({ documents: count, seconds }));
  await database.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
