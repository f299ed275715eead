// The tables, as a list of migrations: step n takes a file from user_version n to n + 1. Steps that were released are never edited.
//
// names      A number for each instance that has a log. A number that grows keeps the turns of instances which run at the
//            same time together in the log's index; by their ids every commit would rewrite a page of its own.
// log        The truth, in the order of arrival, so that all turns of one group go to the same few pages.
// instances  The projection. Lists walk (status, createdAt, instanceId), with or without the definition in front, once per status.
// counts     How many instances there are per definition, version and status; kept with the rows, since counting a million is slow.
// The inbox's number is the order of arrival.
import type { Database } from './driver.ts'

/** "DCnv": tells our files from other SQLite databases. */
const APPLICATION_ID = 0x44436e76

export const FIRST_FINISHED = 3

const MIGRATIONS = [
  `
  CREATE TABLE names (id INTEGER PRIMARY KEY, instanceId TEXT NOT NULL UNIQUE);

  CREATE TABLE log (
    number INTEGER PRIMARY KEY, instance INTEGER NOT NULL, turn INTEGER NOT NULL, executionId TEXT NOT NULL,
    firstSeq INTEGER NOT NULL, count INTEGER NOT NULL, at INTEGER NOT NULL, eventsJson TEXT NOT NULL
  );
  CREATE UNIQUE INDEX log_by_turn ON log (instance, turn);

  CREATE TABLE instances (
    id INTEGER PRIMARY KEY, instanceId TEXT NOT NULL, executionId TEXT NOT NULL,
    definition TEXT NOT NULL, version INTEGER NOT NULL, status INTEGER NOT NULL,
    createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL, completedAt INTEGER,
    turn INTEGER NOT NULL, baseTurn INTEGER NOT NULL, seq INTEGER NOT NULL,
    parentId TEXT, owner TEXT, dueAt INTEGER, correlationKeysJson TEXT NOT NULL,
    customStatusJson TEXT, waitingForJson TEXT, failureJson TEXT, outputJson TEXT, inputJson TEXT NOT NULL
  );
  CREATE INDEX instances_by_status ON instances (status, createdAt, instanceId);
  CREATE INDEX instances_by_definition ON instances (definition, status, createdAt, instanceId);
  CREATE INDEX instances_by_parent ON instances (parentId, status, createdAt, instanceId) WHERE parentId IS NOT NULL;
  CREATE INDEX instances_due ON instances (dueAt) WHERE owner IS NULL AND dueAt IS NOT NULL AND status < ${FIRST_FINISHED};
  CREATE INDEX instances_owned ON instances (owner) WHERE owner IS NOT NULL;

  CREATE TABLE counts (
    definition TEXT NOT NULL, version INTEGER NOT NULL, status INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (definition, version, status)
  ) WITHOUT ROWID;

  CREATE TABLE correlation (
    key TEXT NOT NULL, instance INTEGER NOT NULL, PRIMARY KEY (key, instance)
  ) WITHOUT ROWID;

  CREATE TABLE snapshots (
    instance INTEGER PRIMARY KEY, executionId TEXT NOT NULL, turn INTEGER NOT NULL, stateJson TEXT NOT NULL
  );

  CREATE TABLE inbox (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, instanceId TEXT NOT NULL, kind TEXT NOT NULL,
    payloadJson TEXT NOT NULL, at INTEGER NOT NULL
  );
  CREATE INDEX inbox_by_instance ON inbox (instanceId, number);

  CREATE TABLE definitions (
    name TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, title TEXT, definitionJson TEXT NOT NULL,
    layoutJson TEXT, comment TEXT, deployedAt INTEGER NOT NULL,
    PRIMARY KEY (name, version)
  );

  CREATE TABLE drafts (
    name TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, documentJson TEXT NOT NULL, updatedAt INTEGER NOT NULL
  );

  CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, valueJson TEXT NOT NULL);
  `,
]

/** Brings a file to the newest schema. Throws on a file that a newer version or another program has written. */
export function migrate(db: Database): void {
  const version = pragma(db, 'user_version')
  if (version > MIGRATIONS.length) {
    throw new Error(
      `The file was written by a newer version of durable-canvas (schema ${version}; this one knows up to ${MIGRATIONS.length}).`,
    )
  }
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined
  if (!isEmpty && pragma(db, 'application_id') !== APPLICATION_ID) {
    throw new Error('The file is a SQLite database of another program.')
  }
  for (const [from, sql] of MIGRATIONS.entries()) {
    if (from < version) continue
    db.exec(
      `BEGIN IMMEDIATE; ${sql}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${from + 1}; COMMIT`,
    )
  }
}

function pragma(db: Database, name: 'user_version' | 'application_id'): number {
  return Number((db.prepare(`SELECT ${name} AS value FROM pragma_${name}`).get() as { value: number }).value)
}
