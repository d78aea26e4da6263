import { listen } from '../../sandbox/http.ts';
import { createFaults } from '../../sandbox/http.ts';
import type { Trail, TrailDecision, TrailJob, TrailTurn } from '../../sandbox/operator.ts';

export const operatorToken = 'operator-token-of-the-test';

/** A program that tells the trails it is given, and takes every event. */
export interface StandIn {
  readonly url: string;
  /** `ts` of a message to the trail of its conversation. */
  readonly trails: Map<string, Trail>;
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startStandIn(): Promise<StandIn> {
  const trails = new Map<string, Trail>();
  const asked: string[] = [];
  const server = await listen({
    port: 0,
    faults: createFaults(),
    async handle({ method, path, query, headers }) {
      if (path === '/slack/events') return { status: 200, body: null };
      if (headers.authorization !== `Bearer ${operatorToken}`) return { status: 401, body: { error: 'no' } };
      asked.push(`${method} ${path}`);
      if (path === '/operator/sync') return { status: 202, body: { queued: ['handbook'] } };
      if (path === '/operator/syncs') return { status: 200, body: { syncs: [syncRun] } };
      if (path === '/operator/coverage') return { status: 200, body: { sources: [coverage] } };
      const [, seconds, fraction] = /\/p(\d+)(\d{6})/.exec(query.get('message') ?? '') ?? [];
      const trail = trails.get(`${seconds}.${fraction}`);
      return trail === undefined ? { status: 404, body: { error: 'unknown' } } : { status: 200, body: trail };
    },
  });
  return { url: server.url, trails, asked, close: () => server.close() };
}

export const syncRun = {
  source: 'handbook',
  state: 'done',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:01.000Z',
  dry: false,
  listed: 66,
  toRead: 1,
  done: 1,
  added: 0,
  changed: 1,
  removed: 0,
  rights: 0,
  kept: 65,
  chunks: 4,
  failed: [],
  warnings: [{ id: 'a.md', reason: 'has no title' }],
  error: null,
} as const;

export const coverage = {
  source: 'handbook',
  documents: 66,
  gaps: [
    {
      id: '7',
      title: 'Floor plan',
      url: 'https://wiki.example/7',
      isComplete: false,
      gaps: [{ kind: 'unsupported', what: 'drawio', count: 3 }],
    },
  ],
  fault: null,
};

/** Milliseconds after midnight of a day, as ISO. */
export function at(ms: number, day = Date.UTC(2026, 0, 1)): string {
  return new Date(day + ms).toISOString();
}

export function trailOf(part: Partial<Trail>): Trail {
  const conversation = { id: '1', name: '0f9a2f5e-8d0e-4f6c-9d57-0a4b6a1c2d3e', requesterRef: 'slack/T1/U1' };
  return { conversation, turns: [], events: [], jobs: [], ticket: null, ...part };
}

/** What a person said. `id` is the turn's, `ts` the message's. */
export function saidTurn(part: Partial<TrailTurn> & { id: string; recordedAt: string; ts: string }): TrailTurn {
  const { ts, ...rest } = part;
  return {
    author: 'requester',
    text: 'my vpn keeps droping',
    at: part.recordedAt,
    action: null,
    withdrawn: false,
    files: [],
    messageId: `T1/C1/${ts}`,
    link: null,
    postRef: null,
    decision: null,
    ...rest,
  };
}

/** What the bot decided. `ts`: of the post that shows it. */
export function botTurn(part: { id: string; recordedAt: string; decision: TrailDecision; ts?: string }): TrailTurn {
  const { ts, ...rest } = part;
  const postRef = ts === undefined ? null : `C1/${ts}/${part.id}`;
  return {
    ...saidTurn({ ...rest, ts: '' }),
    author: 'bot',
    text: '',
    messageId: null,
    postRef,
  };
}

export function jobOf(part: Partial<TrailJob> & { id: string; name: string; sentAt: string }): TrailJob {
  const ran = { startedAt: part.sentAt, endedAt: part.sentAt };
  return { state: 'done', tries: 1, error: null, turnIds: [], ...ran, ...part };
}

const signals = {
  lead: 0.2,
  gap: 0.28,
  pairs: 1,
  scoreOfIdeal: 0.72,
  logIdeal: 2.61,
  agreement: 0.6,
  titleCoverage: 0.62,
  coverage: 1,
  heaviestMissing: 0,
  unknownMass: 0,
  terms: 5,
};

export const article = {
  title: 'VPN keeps dropping',
  url: 'https://wiki.brindlow.example/it/vpn-keeps-dropping',
  section: 'My VPN keeps dropping',
};

/** A decision after a search, with this confidence. */
export function judged(value: number, part: Partial<TrailDecision> & { kind: string }): TrailDecision {
  return {
    grounds: {
      question: 'my vpn keeps droping',
      corrections: [{ from: 'droping', to: 'dropping' }],
      confidence: { value, signals },
      found: [
        { ...article, score: 9.87 },
        {
          title: 'VPN for on-call engineers',
          url: 'https://wiki.brindlow.example/it/on-call',
          score: 4.2,
          restricted: true,
        },
      ],
      thresholds: { answerAt: 0.9567, suggestAt: 0.5425 },
    },
    ...part,
  };
}

/** A decision for which nothing was searched. */
export function unsearched(part: Partial<TrailDecision> & { kind: string }): TrailDecision {
  return { grounds: { question: null, corrections: [], confidence: null, found: [], thresholds: null }, ...part };
}
