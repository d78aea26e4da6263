import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { SandboxFault } from './fault.ts';

export type BotState = 'starting' | 'up' | 'down';

/** The bot as a process of its own, which can be killed and comes back by itself. */
export interface Bot {
  state(): BotState;
  on(listener: (state: BotState) => void): () => void;
  /** How often `kill` has ended it. */
  kills(): number;
  /** Ends it without warning, as a crash would; it is started again. */
  kill(): void;
  /** Ends it in order; it is started again. */
  restart(): void;
  /**
   * The same with other settings in place of all that it had; resolves when it takes events. @throws when it ends before
   * it does; it is tried again and again then.
   */
  restartWith(settings: Readonly<Record<string, string>>): Promise<void>;
  /** Resolves when it takes events. @throws when it ends before it ever did, with what it said last. */
  up(): Promise<void>;
  /** Lets it finish what it has in hand, and does not start it again. */
  stop(): Promise<void>;
}

export interface BotOptions {
  readonly program: string;
  /** Its whole environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Everything it writes goes there. */
  readonly logFile: string;
  readonly onUp: (url: string) => void;
  /** Told of each line that it writes to standard output. */
  readonly onLine?: (line: string) => void;
}

/** A crash at once after the start would otherwise be repeated without a pause. */
const pauseBeforeRestartMs = 300;
const askEveryMs = 100;
/** What it has in hand is done by then, or taken up at its next start. */
const longestEndMs = 20_000;

/** Starts the program with exactly these settings, and again whenever it ends after it once was up. */
export function startBot(options: BotOptions): Bot {
  const log = openLog(options.logFile);
  const mood = createMood('starting');
  let stopping = false;
  let kills = 0;
  let { settings } = options;
  let launched = start();

  function start(): Launched {
    const next = launch({ ...options, settings }, log);
    next.child.once('exit', () => void comeBack());
    void whenReady(next.child).then((url) => {
      if (url === null) return;
      options.onUp(url);
      mood.turn('up');
    });
    return next;
  }

  async function comeBack(): Promise<void> {
    mood.turn('down');
    if (mood.wasUp()) await wait(pauseBeforeRestartMs);
    if (stopping || !mood.wasUp()) return;
    mood.turn('starting');
    launched = start();
  }

  async function up(): Promise<void> {
    if ((await mood.settled()) !== 'up') throw neverUp(launched, options);
  }

  async function restartWith(others: BotOptions['settings']): Promise<void> {
    if (!mood.wasUp()) await up();
    settings = others;
    const before = launched;
    before.child.kill('SIGTERM');
    const state = await mood.until((now) => stopping || (launched !== before && now !== 'starting'));
    if (state !== 'up' && !stopping) throw neverUp(launched, options);
  }

  return {
    state: mood.state,
    on: mood.on,
    kills: () => kills,
    kill: () => void (kills += endAtOnce(launched.child) ? 1 : 0),
    restart: () => void launched.child.kill('SIGTERM'),
    restartWith,
    up,
    async stop() {
      stopping = true;
      await end(launched.child);
      log.end();
    },
  };
}

function neverUp(launched: Launched, { logFile }: BotOptions): SandboxFault {
  return new SandboxFault(`The bot could not start: ${launched.lastWords()}\nIts log is ${logFile}`);
}

function openLog(file: string): Writable {
  mkdirSync(path.dirname(file), { recursive: true });
  return createWriteStream(file, { flags: 'a' });
}

interface Launched {
  readonly child: ChildProcess;
  /** What it last wrote to standard error. */
  lastWords(): string;
}

function launch({ program, settings, onLine }: BotOptions, log: Writable): Launched {
  const child = spawn(process.execPath, ['--no-warnings', program], {
    env: { ...settings },
    // a group of its own: Ctrl+C reaches this process only, which then ends the bot in order
    detached: true,
    // The IPC channel ends the bot when this process is gone, however it went.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  if (child.stdout !== null && onLine !== undefined) createInterface({ input: child.stdout }).on('line', onLine);
  child.stderr?.on('data', (data: Buffer) => {
    lastWords = String(data).trim();
  });
  return { child, lastWords: () => lastWords };
}

/** Its address once it takes events; null when it ends before. Only what this very process says of itself is believed. */
async function whenReady(child: ChildProcess): Promise<string | null> {
  const url = await addressOf(child);
  while (url !== null && isRunning(child)) {
    if (await isReady(url)) return url;
    await wait(askEveryMs);
  }
  return null;
}

function addressOf(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve(null));
    child.on('message', (message: { listening?: unknown }) => {
      if (typeof message.listening === 'string') resolve(message.listening);
    });
  });
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false; // not listening yet
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), longestEndMs);
  await ended;
  clearTimeout(patience);
}

/** False: it is gone already, and comes back anyway. */
function endAtOnce(child: ChildProcess): boolean {
  return isRunning(child) && child.kill('SIGKILL');
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function createMood(first: BotState) {
  const listeners = new Set<(state: BotState) => void>();
  let state = first;
  let wasUp = false;
  function on(listener: (state: BotState) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  /** The first state of which this is true, the present one included. */
  function until(isMet: (state: BotState) => boolean): Promise<BotState> {
    if (isMet(state)) return Promise.resolve(state);
    return new Promise((resolve) => {
      const off = on((now) => {
        if (!isMet(now)) return;
        off();
        resolve(now);
      });
    });
  }
  return {
    state: () => state,
    on,
    turn(to: BotState): void {
      if (state === to) return;
      state = to;
      wasUp ||= to === 'up';
      for (const listener of listeners) listener(to);
    },
    /** The next state that is not `starting`. */
    settled: () => until((now) => now !== 'starting'),
    until,
    wasUp: () => wasUp,
  };
}
