import { systemOf } from './systems.js';

/** The readings that were to store something; newest first, as they came. */
export function realRuns(syncs) {
  return syncs.filter(({ dry }) => dry !== true);
}

/**
 * The oldest reading that began after it was asked for, or null.
 * @param {object[]} syncs newest first
 * @param {string | undefined} askedAt an instant
 * @param {string} [source] of any source when not given
 */
export function runSince(syncs, askedAt, source) {
  if (askedAt === undefined) return null;
  const own = realRuns(syncs).filter((run) => source === undefined || run.source === source);
  return own.findLast(({ startedAt }) => Date.parse(startedAt) >= Date.parse(askedAt)) ?? null;
}

/**
 * What became of a wish: a reading of each source that was asked for; null where it has not begun.
 * @param {{ askedAt: string, queued?: string[] | null }} asked
 */
export function runsAsked(syncs, { askedAt, queued }) {
  return (queued ?? [undefined]).map((source) => runSince(syncs, askedAt, source));
}

/** The last reading of each source, by its name. */
export function lastRuns(syncs) {
  const runs = new Map();
  for (const run of realRuns(syncs)) if (!runs.has(run.source)) runs.set(run.source, run);
  return runs;
}

/**
 * Where the reading stands, in one line.
 * @param {{ available: boolean, botState: string, syncs: object[] } | undefined} status
 * @param {{ askedAt: string, queued?: string[] | null } | null} asked
 */
export function statusWords(status, asked, now = Date.now()) {
  if (status === undefined) return '';
  if (!status.available) return absentWords(status.botState, asked);
  const last = lastRuns(status.syncs);
  const runs = asked === null ? [...last.values()] : runsAsked(status.syncs, asked).filter((run) => run !== null);
  if (asked !== null && runs.length === 0) return 'Waiting for the bot…';
  if (runs.length === 0) return 'Not read yet.';
  if (runs.length > 1) return manyWords(runs, now);
  const [run] = runs;
  return last.size > 1 ? `${systemOf(run.source).name}: ${runWords(run, now)}` : runWords(run, now);
}

/** The readings of several sources, in one line. */
function manyWords(runs, now) {
  const running = runs.filter(({ state }) => state === 'running');
  const broken = runs.filter(({ state }) => state === 'broken-off');
  if (running.length === 1) return `${systemOf(running[0].source).name}: ${runWords(running[0], now)}`;
  if (running.length > 1) {
    const [done, toRead] = [sumOf(running, 'done'), sumOf(running, 'toRead')];
    return `Reading ${running.length} sources: ${toRead === 0 ? 'looking for changes…' : `${done} of ${toRead}…`}`;
  }
  if (broken.length > 0) return `Broken off: ${broken.map(({ source }) => systemOf(source).name).join(', ')}.`;
  const known = sumOf(runs, 'added') + sumOf(runs, 'changed') + sumOf(runs, 'kept') + sumOf(runs, 'rights');
  return `All ${runs.length} sources are read: ${known} documents.`;
}

function sumOf(runs, count) {
  return runs.reduce((sum, run) => sum + (run[count] ?? 0), 0);
}

function absentWords(botState, asked) {
  if (botState === 'up') return 'The bot does not say how far it has read. It looks for changes every few minutes.';
  const now = botState === 'starting' ? 'The bot is starting.' : 'The bot is down.';
  return asked === null ? `${now} How far it has read is not known.` : `${now} It reads the change once it is back.`;
}

/** One reading, in one line. */
export function runWords(run, now = Date.now()) {
  if (run.state === 'running') return runningWords(run, now);
  if (run.state === 'broken-off') return `Broken off: ${run.error ?? 'no reason is known'}`;
  const outcome = [...changesOf(run), `${run.kept} as ${run.kept === 1 ? 'it was' : 'they were'}`, tookWords(run)];
  return `${run.dry === true ? 'Would be' : 'Done'}: ${outcome.join(', ')}`;
}

function runningWords({ listed = 0, toRead, done, startedAt }, now) {
  if (toRead === 0) return listed === 0 ? 'Looking for changes…' : `Looking for changes… ${listed} found`;
  const words = `Reading ${Math.min(done + 1, toRead)} of ${toRead}…`;
  const seconds = (now - Date.parse(startedAt)) / 1000;
  if (done === 0 || done >= toRead || seconds <= 0) return words;
  const rate = done / seconds;
  return `${words} ${rate.toFixed(rate < 10 ? 1 : 0)} a second, ${Math.ceil((toRead - done) / rate)} s left`;
}

function changesOf({ added, changed, removed, rights = 0, failed, warnings }) {
  const counts = [
    [added, 'new'],
    [changed, 'changed'],
    [removed, 'removed'],
    [rights, 'with other readers'],
    [failed.length, 'not read'],
    [warnings.length, warnings.length === 1 ? 'warning' : 'warnings'],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.length === 0 ? ['nothing changed'] : told;
}

/** Whether answers may be others than before. */
export function hasChanged({ added, changed, removed, rights = 0 }) {
  return added + changed + removed + rights > 0;
}

function tookWords({ startedAt, endedAt }) {
  const seconds = Math.max(0, Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
