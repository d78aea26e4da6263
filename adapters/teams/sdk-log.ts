import { AsyncLocalStorage } from 'node:async_hooks';
import type { Log } from '#ports.ts';

/** Long enough for what the SDK says of itself. */
const longestRemark = 200;

const within = new AsyncLocalStorage<Log>();

/**
 * Runs the work with the SDK's own lines on the console taken into our log. It writes errors there with stack and key
 * whenever a token is forged or expired, and takes no logger. Of an error only the name is kept: its text may quote what
 * came in. What others write on the console at the same time is left alone.
 */
export function takingRemarks<T>(log: Log, work: () => Promise<T>): Promise<T> {
  listen();
  return within.run(log, work);
}

/** Once for the process: the console is one as well. */
let listen = (): void => {
  listen = () => {};
  for (const level of ['warn', 'error'] as const) {
    const write = console[level].bind(console);
    console[level] = (...said: unknown[]) => {
      const log = within.getStore();
      if (log === undefined) write(...said);
      else log.warn('teams sdk: remark', { says: said.map(short) });
    };
  }
};

function short(said: unknown): string {
  // what follows is the key, or what came in
  return said instanceof Error ? said.name : (String(said).slice(0, longestRemark).split(/[:\n]/, 1)[0] ?? '');
}
