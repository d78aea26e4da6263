import path from 'node:path';
import { openDatabase } from '../adapters/postgres/database.ts';
import { deadJobs, reviveJob } from '../adapters/postgres/dead-jobs.ts';
import { readConfig } from '../src/config.ts';
import { SetupError } from '../src/errors.ts';

/** `npm run jobs`: work that was given up, and why. `npm run jobs -- retry ID` (or `retry all`) sends it again. */
async function main(): Promise<void> {
  const [verb, id] = process.argv.slice(2);
  const { databaseUrl, folder } = readConfig();
  const database = await openDatabase(
    databaseUrl === null ? { folder: path.join(folder, 'database') } : { url: databaseUrl },
  );
  try {
    await database.boss.start();
    const dead = await deadJobs(database.knex);
    if (verb === 'retry') {
      const ids = id === 'all' ? dead.map((job) => job.id) : [id ?? ''];
      for (const one of ids)
        console.log((await reviveJob(database, one)) ? `${one} is queued again` : `${one} is not a dead job`);
      return;
    }
    if (dead.length === 0) console.log('No job has been given up.');
    for (const job of dead) {
      console.log(
        `${job.id}  ${job.diedAt.toISOString()}  ${job.name} ${job.key}  after ${job.tries} tries: ${job.error}`,
      );
    }
    if (dead.length > 0) console.log('\nMend the cause, then: npm run jobs -- retry ID (or: retry all)');
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
});
