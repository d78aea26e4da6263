import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EVERYONE } from '#domain/knowledge.ts';
import type { KnowledgeSource, SourceMemory } from '#knowledge-ports.ts';
import { createConfluence } from '../knowledge-sync/confluence/index.ts';
import { createNotion } from '../knowledge-sync/notion/index.ts';
import { createPace } from '../knowledge-sync/pace.ts';

/** A source and the local vendor behind it, in a process of its own: what it costs is not the sync's. */
export interface Played {
  readonly name: string;
  readonly concurrency: number;
  /** How many requests it takes to list everything once. */
  readonly listingPages: number;
  source(memory: SourceMemory): KnowledgeSource;
  /** Lets so much time pass that what was just written is no longer new. */
  readonly settle: () => void;
  readonly clock: () => Date;
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}
export interface Play {
  readonly pages: number;
  readonly latencyMs: number;
}

const log = { debug() {}, info() {}, warn() {}, error() {} };
/** As the program has it. */
const concurrency = 3;
const pagesPerSpace = 5_000;

/** What the process of the vendor tells once it is up. */
interface Up {
  readonly url: string;
  readonly email: string;
  readonly token: string;
}

export async function playConfluence({ pages, latencyMs }: Play): Promise<Played> {
  const { up, close } = await startVendor('confluence', { pages, latencyMs });
  const { pace, requests } = countedPace();
  const spaces = Array.from({ length: Math.ceil(pages / pagesPerSpace) }, (_, index) => `S${index}`);
  const config = {
    baseUrl: `${up.url}/wiki`,
    email: up.email,
    apiToken: up.token,
    spaces,
    labels: [],
    everyoneGroups: [],
  };
  const time = shiftedClock();
  return {
    name: 'confluence',
    concurrency,
    listingPages: spaces.length * Math.ceil(Math.min(pages, pagesPerSpace) / 250),
    source: (memory) => createConfluence({ ...config, sweepMinutes: 60, pace }, { memory, clock: time.clock, log }),
    ...time,
    requests,
    close,
  };
}

export async function playNotion({ pages, latencyMs }: Play): Promise<Played> {
  const { up, close } = await startVendor('notion', { pages, latencyMs });
  const { pace, requests } = countedPace();
  const config = { token: up.token, apiUrl: up.url, audiences: new Map([['*', EVERYONE]]), pace };
  const time = shiftedClock();
  return {
    name: 'notion',
    concurrency,
    listingPages: Math.ceil(pages / 100),
    source: (memory) => createNotion(config, { memory, clock: time.clock, log }),
    ...time,
    requests,
    close,
  };
}

function countedPace() {
  let count = 0;
  const pace = createPace({ concurrency, perSecond: null, log });
  const run: typeof pace.run = (request, onRetry) =>
    pace.run(() => {
      count += 1;
      return request();
    }, onRetry);
  return { pace: { run }, requests: () => count };
}

function shiftedClock() {
  let shiftMs = 0;
  return {
    settle: () => {
      shiftMs += 300_000;
    },
    clock: () => new Date(Date.now() + shiftMs),
  };
}

async function startVendor(name: string, { pages, latencyMs }: Play) {
  const file = fileURLToPath(new URL('vendor-process.ts', import.meta.url));
  const child = fork(file, [name, String(pages), String(latencyMs), String(pagesPerSpace)], {
    execArgv: ['--no-warnings'],
  });
  const [up] = (await once(child, 'message')) as [Up];
  return {
    up,
    close: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
