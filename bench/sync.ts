/**
 * `npm run bench:sync [-- --pages 1000] [--listed 10000] [--database URL]`: how fast a source is read.
 *
 * A full sync of so many pages from a local Notion and a local Confluence that answer 20 ms late, into the embedded
 * database or an empty one at the URL, beside its ceiling: requests × latency ÷ requests at a time. Then the requests of a sync of so many listed
 * pages in which nothing changed, beside the pages of the listing.
 */
import { parseArgs } from 'node:util';
import { openDatabase } from '../adapters/postgres/database.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { syncSource } from '../knowledge-sync/sync.ts';
import type { SyncReport } from '../knowledge-sync/report.ts';
import { playConfluence, playNotion, type Played } from './played-sources.ts';

const latencyMs = 20;
const log = { debug() {}, info() {}, warn() {}, error() {} };

interface Measured {
  readonly report: SyncReport;
  readonly requests: number;
  readonly tookMs: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { pages: { type: 'string' }, listed: { type: 'string' }, database: { type: 'string' } },
  });
  const pages = Number(values.pages ?? 1_000);
  const listed = Number(values.listed ?? 10_000);
  for (const play of [playConfluence, playNotion]) {
    await measureFull(play, pages, values.database);
    await measureUnchanged(play, listed);
  }
}

async function measureFull(play: typeof playNotion, pages: number, databaseUrl?: string): Promise<void> {
  const played = await play({ pages, latencyMs });
  const [first = null] = await syncs(played, 1, databaseUrl);
  await played.close();
  if (first === null) return;
  const { tookMs, requests, report } = first;
  const ceilingMs = (requests * latencyMs) / played.concurrency;
  const ratio = ceilingMs / tookMs;
  console.log(
    `${played.name}: full sync of ${report.added} pages in ${seconds(tookMs)}, ${perSecond(report.added, tookMs)} pages a second; ` +
      `${requests} requests, ${played.concurrency} at a time, ${latencyMs} ms each: at best ${seconds(ceilingMs)}, ` +
      `${perSecond(report.added, ceilingMs)} pages a second. Ratio ${ratio.toFixed(2)} (target 0.8)`,
  );
}

async function measureUnchanged(play: typeof playNotion, pages: number): Promise<void> {
  const played = await play({ pages, latencyMs: 0 });
  const [, second] = await syncs(played, 2);
  await played.close();
  if (second === undefined) return;
  const { tookMs, requests, report } = second;
  console.log(
    `${played.name}: sync of ${report.kept} pages with nothing changed: ${requests} requests ` +
      `(${played.listingPages} pages of listing), no document read, ${seconds(tookMs)}`,
  );
}

/** So many syncs one after the other, into a database of their own. */
async function syncs(played: Played, count: number, databaseUrl?: string): Promise<readonly Measured[]> {
  const database = await openDatabase(databaseUrl === undefined ? {} : { url: databaseUrl });
  const store = createStore(database, { language: 'english' });
  const source = played.source(store.memory);
  const measured: Measured[] = [];
  try {
    for (let round = 0; round < count; round += 1) {
      played.settle();
      const before = played.requests();
      const began = performance.now();
      // More documents in hand than requests under way: while one is stored, others are asked for.
      const concurrency = played.concurrency * 3;
      const report = await syncSource({ source, knowledge: store.knowledge, log, clock: played.clock, concurrency });
      if (report.brokenOff !== null) throw report.brokenOff;
      measured.push({ report, requests: played.requests() - before, tookMs: performance.now() - began });
    }
  } finally {
    await database.close();
  }
  return measured;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function perSecond(count: number, ms: number): string {
  return ((count * 1000) / ms).toFixed(0);
}

await main();
