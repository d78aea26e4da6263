/** Said again after so long. What is done before that needs no progress. */
const EVERY_MS = 5_000;

/**
 * Tells on standard error how far a long run is.
 *
 * @param note what else is to be said, as `3 calls failed`; '' for nothing.
 */
export function createProgress(
  { what, total }: { readonly what: string; readonly total: number },
  { now, write }: { readonly now: () => number; readonly write: (line: string) => void } = onStandardError,
): (note?: string) => void {
  const began = now();
  let told = began;
  let done = 0;
  return (note = '') => {
    done += 1;
    const at = now();
    if (at - told < EVERY_MS || done === total) return;
    told = at;
    const left = ((at - began) / done) * (total - done);
    write(`${done} of ${total} ${what}, about ${duration(left)} left${note === '' ? '' : `; ${note}`}`);
  };
}

const onStandardError = { now: () => performance.now(), write: (line: string) => console.error(line) };

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
