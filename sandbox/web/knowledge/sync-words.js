/**
 * The oldest reading that began after it was asked for, or null.
 * @param {object[]} syncs newest first
 * @param {string | undefined} askedAt an instant
 */
export function runSince(syncs, askedAt) {
  if (askedAt === undefined) return null;
  return syncs.findLast(({ startedAt }) => Date.parse(startedAt) >= Date.parse(askedAt)) ?? null;
}

/**
 * Where the reading stands, in one line.
 * @param {{ available: boolean, botState: string, syncs: object[] } | undefined} status
 * @param {{ askedAt: string } | null} asked
 */
export function statusWords(status, asked) {
  if (status === undefined) return '';
  if (!status.available) return absentWords(status.botState, asked);
  const run = asked === null ? status.syncs[0] : runSince(status.syncs, asked.askedAt);
  if (asked !== null && run === null) return 'Waiting for the bot…';
  return run === undefined || run === null ? 'Not read yet.' : runWords(run);
}

function absentWords(botState, asked) {
  if (botState === 'up') return 'The bot does not say how far it has read. It looks for changes every few minutes.';
  const now = botState === 'starting' ? 'The bot is starting.' : 'The bot is down.';
  return asked === null ? `${now} How far it has read is not known.` : `${now} It reads the change once it is back.`;
}

/** One reading, in one line. */
export function runWords(run) {
  if (run.state === 'running') {
    return run.toRead === 0
      ? 'Looking for changes…'
      : `Reading ${Math.min(run.done + 1, run.toRead)} of ${run.toRead}…`;
  }
  if (run.state === 'broken-off') return `Broken off: ${run.error ?? 'no reason is known'}`;
  return `Done: ${[...changesOf(run), `${run.kept} as ${run.kept === 1 ? 'it was' : 'they were'}`, tookWords(run)].join(', ')}`;
}

function changesOf({ added, changed, removed, failed, warnings }) {
  const counts = [
    [added, 'new'],
    [changed, 'changed'],
    [removed, 'removed'],
    [failed.length, 'not read'],
    [warnings.length, warnings.length === 1 ? 'warning' : 'warnings'],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.length === 0 ? ['nothing changed'] : told;
}

function tookWords({ startedAt, endedAt }) {
  const seconds = Math.max(0, Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
