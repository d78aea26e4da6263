import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { SetupError } from '../src/errors.ts';
import { createOperatorClient, type OperatorClient, programUrl } from './operator-client.ts';
import { type Coverage, progressWords, reportWords, type ToldRun } from './sync-words.ts';

const usage = `Usage: npm run sync -- [--source NAME] [--dry-run] [--json]
Asks the running program to read a source (all, when none is named), shows how far it is, and reports what was not
read and why. --dry-run reads everything a sync would read, and writes nothing.`;

interface Arguments {
  readonly source: string | null;
  readonly dry: boolean;
  readonly asJson: boolean;
}

async function main(): Promise<void> {
  const { source, dry, asJson } = readArguments();
  const config = readConfig();
  const operator = createOperatorClient({ url: programUrl(config), token: config.operatorToken });
  const before = await runsOf(operator);
  const { queued } = (await operator.post('/operator/sync', { ...(source === null ? {} : { source }), dry })) as {
    queued: readonly string[];
  };
  const runs = await Promise.all(queued.map((name) => follow(operator, { name, dry, before })));
  const coverage = dry ? [] : await coverageOf(operator, queued);
  console.log(asJson ? JSON.stringify({ runs, coverage }, null, 2) : reportWords(runs, coverage));
  if (runs.some(({ state }) => state === 'broken-off')) process.exitCode = 1;
}

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({
      options: { source: { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
    });
    return { source: values.source ?? null, dry: values['dry-run'] === true, asJson: values.json === true };
  } catch (cause) {
    throw new SetupError(usage, { cause });
  }
}

const everyMs = 500;

/** The run that was asked for: the first of its kind that had not begun before. Ends when it has. */
async function follow(
  operator: OperatorClient,
  { name, dry, before }: { name: string; dry: boolean; before: readonly ToldRun[] },
): Promise<ToldRun> {
  const known = new Set(before.filter(({ source }) => source === name).map(({ startedAt }) => startedAt));
  for (;;) {
    const runs = await runsOf(operator);
    const run = runs.findLast((one) => one.source === name && one.dry === dry && !known.has(one.startedAt));
    if (run !== undefined) process.stderr.write(`${progressWords(run, Date.now())}\n`);
    if (run !== undefined && run.state !== 'running') return run;
    await wait(everyMs);
  }
}

async function runsOf(operator: OperatorClient): Promise<readonly ToldRun[]> {
  return ((await operator.get('/operator/syncs')) as { syncs: readonly ToldRun[] }).syncs;
}

async function coverageOf(operator: OperatorClient, sources: readonly string[]): Promise<readonly Coverage[]> {
  const told = (await operator.get('/operator/coverage')) as { sources: readonly Coverage[] };
  return told.sources.filter(({ source }) => sources.includes(source));
}

main().catch((error: unknown) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
});
