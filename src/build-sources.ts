import { createConfluence } from '../knowledge-sync/confluence/index.ts';
import { createJiraTickets } from '../knowledge-sync/jira/index.ts';
import { createLessons } from '../knowledge-sync/lessons/index.ts';
import { realFolder } from '../knowledge-sync/markdown/files.ts';
import { createMarkdownFolder } from '../knowledge-sync/markdown/index.ts';
import { createNotion } from '../knowledge-sync/notion/index.ts';
import { createPace, type Pace } from '../knowledge-sync/pace.ts';
import { syncRecorded } from '../knowledge-sync/recorded.ts';
import { refreshDocument } from '../knowledge-sync/refresh.ts';
import type { Config, JiraConfig } from './config.ts';
import { LESSONS } from './flows/settle-lesson.ts';
import { createSyncSource } from './flows/sync-source.ts';
import type { Flows } from './jobs.ts';
import type { KnowledgeSource } from './knowledge-ports.ts';
import type { Clock, Log, Store } from './ports.ts';

/** A source, and how many of its documents are read at the same time. */
export interface PacedSource {
  readonly source: KnowledgeSource;
  readonly concurrency: number;
}

/** Requests under way at the same time. How many begin in a second is a setting of each source. */
const underWay = 3;
/** Documents in hand for each request under way: while one is stored, the next are asked for. */
const inHand = 3;

/** What the program answers from. Part of the composition root. */
export async function buildSources(
  { knowledge, tickets: { lessonsAudience } }: Config,
  jira: JiraConfig,
  { store, log, clock }: { store: Store; log: Log; clock: Clock },
): Promise<readonly PacedSource[]> {
  const { folder, notion, confluence, tickets } = knowledge;
  const deps = { memory: store.memory, clock, log };
  const lessons = createLessons({ audience: lessonsAudience }, { lessons: store.lessons });
  const sources: PacedSource[] = [{ source: lessons, concurrency: 1 }];
  function add(create: (pace: Pace) => KnowledgeSource, { perSecond }: { perSecond: number }): void {
    const pace = createPace({ concurrency: underWay, perSecond, log });
    sources.push({ source: create(pace), concurrency: underWay * inHand });
  }
  if (folder !== null) {
    sources.push({ source: createMarkdownFolder({ folder: await realFolder(folder), clock }), concurrency: 1 });
  }
  if (notion !== null) add((pace) => createNotion({ ...notion, pace }, deps), notion);
  if (confluence !== null) add((pace) => createConfluence({ ...confluence, pace }, deps), confluence);
  if (tickets !== null) add((pace) => createJiraTickets({ ...jira, ...tickets, pace }, deps), tickets);
  return sources;
}

export interface ReadingParts {
  readonly config: Config;
  readonly store: Store;
  readonly sources: readonly PacedSource[];
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Chunks have vectors. */
  readonly embeds: boolean;
}

/** Syncs, and what a webhook says of one document. */
export function buildReading(
  { config, store, sources, log, clock, signal, embeds }: ReadingParts,
  knowsSomething: { raise(): void },
): Pick<Flows, 'sync' | 'refresh'> {
  const { knowledge, syncRuns: runs } = store;
  const named = (name: string) => sources.find(({ source }) => source.name === name);
  const sync = createSyncSource({
    store,
    admins: config.admins,
    embeds,
    clock,
    async sync(name, { dry }) {
      const paced = named(name);
      if (paced === undefined) return { brokenOff: null }; // no longer set up
      const report = await syncRecorded({ ...paced, knowledge, runs, log, clock, signal, dry });
      // lessons come of questions, so there are none at first
      if (!dry && report.brokenOff === null && name !== LESSONS) knowsSomething.raise();
      return report;
    },
  });
  return {
    sync,
    async refresh(name, id) {
      const paced = named(name);
      if (paced !== undefined) await refreshDocument({ source: paced.source, id }, { knowledge, log });
    },
  };
}
