import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase } from '../adapters/postgres/database.ts';

/** Migrates one embedded database for all test files; each starts from its dump, which is four times faster. */
export default async function globalSetup(): Promise<void> {
  const dump = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'firstline-test-')), 'database.tar');
  const database = await openDatabase({});
  await database.boss.start();
  await database.close(dump);
  process.env.TEST_DUMP = dump;
}
