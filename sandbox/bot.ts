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
  let everUp = false;
  let kills = 0;
  let launched = start();

  function start(): Launched {
    const next = launch(options, log);
    next.child.once('exit', () => void comeBack());
    void whenReady(next.child).then((url) => {
      if (url === null) return;
      everUp = true;
      options.onUp(url);
      mood.turn('up');
    });
    return next;
  }

  async function comeBack(): Promise<void> {
    mood.turn('down');
    if (everUp) await wait(pauseBeforeRestartMs);
    if (stopping || !everUp) return;
    mood.turn('starting');
    launched = start();
  }

  return {
    state: mood.state,
    on: mood.on,
    kills: () => kills,
    kill() {
      // false: it is gone already, and comes back anyway
      if (isRunning(launched.child) && launched.child.kill('SIGKILL')) kills += 1;
    },
    restart: () => void launched.child.kill('SIGTERM'),
    async up() {
      if ((await mood.settled()) === 'up') return;
      throw new SandboxFault(`The bot could not start: ${launched.lastWords()}\nIts log is ${options.logFile}`);
    },
    async stop() {
      stopping = true;
      await end(launched.child);
      log.end();
    },
  };
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

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function createMood(first: BotState) {
  const listeners = new Set<(state: BotState) => void>();
  let state = first;
  function on(listener: (state: BotState) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  return {
    state: () => state,
    on,
    turn(to: BotState): void {
      if (state === to) return;
      state = to;
      for (const listener of listeners) listener(to);
    },
    /** The next state that is not `starting`. */
    settled(): Promise<BotState> {
      if (state !== 'starting') return Promise.resolve(state);
      return new Promise((resolve) => {
        const off = on((now) => {
          if (now === 'starting') return;
          off();
          resolve(now);
        });
      });
    },
  };
}
