import { z } from 'zod';

/** How long the program has to answer; it reads a few rows. */
const timeoutMs = 5000;

const Time = z.iso.datetime({ offset: true });

const Citation = z.looseObject({
  title: z.string(),
  url: z.string(),
  section: z.string().optional(),
  restricted: z.boolean().optional(),
});

const Grounds = z.looseObject({
  question: z.string().nullable(),
  corrections: z.array(z.object({ from: z.string(), to: z.string() })),
  confidence: z.looseObject({ value: z.number(), signals: z.record(z.string(), z.number()) }).nullable(),
  found: z.array(Citation.extend({ score: z.number() })),
  thresholds: z.looseObject({ answerAt: z.number(), suggestAt: z.number() }).nullish(),
});

const Decision = z.looseObject({
  kind: z.string(),
  reason: z.string().optional(),
  news: z.string().optional(),
  about: z.string().optional(),
  /** What the news needs to be told. */
  detail: z.string().optional(),
  incident: z.looseObject({ key: z.string(), people: z.number() }).optional(),
  card: z.looseObject({ takenBy: z.string().nullable(), mutedBy: z.string().nullable() }).optional(),
  lesson: z.looseObject({ state: z.string(), by: z.string().nullable() }).optional(),
  quote: z.string().optional(),
  citations: z.array(Citation).optional(),
  grounds: Grounds,
});

const Turn = z.looseObject({
  id: z.string(),
  author: z.string(),
  /** Of somebody in IT. */
  authorName: z.string().nullish(),
  /** `triage`: where only IT staff see it. */
  stage: z.string().nullish(),
  text: z.string(),
  at: Time,
  recordedAt: Time,
  action: z.string().nullable(),
  /** What was entered in a form. */
  values: z.record(z.string(), z.string()).nullish(),
  withdrawn: z.boolean(),
  /** By name; a file may be described, too. */
  files: z.array(z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)])),
  messageId: z.string().nullable(),
  link: z.string().nullable(),
  postRef: z.string().nullable(),
  decision: Decision.nullable(),
});

const Job = z.looseObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(['waiting', 'running', 'retrying', 'done', 'given-up']),
  tries: z.number(),
  sentAt: Time,
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  error: z.string().nullable(),
  turnIds: z.array(z.string()),
});

const Trail = z.looseObject({
  conversation: z.looseObject({ id: z.string(), name: z.string(), requesterRef: z.string() }),
  turns: z.array(Turn),
  events: z.array(z.looseObject({ id: z.string(), receivedAt: Time, turnId: z.string().nullable() })),
  jobs: z.array(Job),
  ticket: z.looseObject({ reason: z.string(), key: z.string().nullable(), url: z.string().nullable() }).nullable(),
});

const Trouble = z.object({ id: z.string(), reason: z.string() });

const SyncRun = z.object({
  source: z.string(),
  state: z.enum(['running', 'done', 'broken-off']),
  startedAt: Time,
  endedAt: Time.nullable(),
  dry: z.boolean(),
  listed: z.number(),
  toRead: z.number(),
  done: z.number(),
  added: z.number(),
  changed: z.number(),
  removed: z.number(),
  rights: z.number(),
  kept: z.number(),
  chunks: z.number(),
  failed: z.array(Trouble),
  warnings: z.array(Trouble),
  error: z.string().nullable(),
});

const Coverage = z.object({
  source: z.string(),
  documents: z.number(),
  gaps: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      url: z.string(),
      isComplete: z.boolean(),
      gaps: z.array(z.object({ kind: z.string(), what: z.string(), count: z.number() })),
    }),
  ),
  fault: z.string().nullable(),
});

/** What the program has recorded of one conversation. */
export type Trail = z.infer<typeof Trail>;
export type TrailTurn = z.infer<typeof Turn>;
export type TrailDecision = z.infer<typeof Decision>;
export type TrailJob = z.infer<typeof Job>;

/** One reading of the documents, at its end or so far. */
export type SyncRun = z.infer<typeof SyncRun>;

/** What of one source's documents was read; `gaps` are the documents of which something was not. */
export type Coverage = z.infer<typeof Coverage>;

/** The program's own account of what it did. Every verb gives null while the program cannot be asked. */
export interface Operator {
  /** What it did about the message with this permalink; `trail` is null when it has kept nothing of it. */
  why(link: string): Promise<{ readonly trail: Trail | null } | null>;
  /** The last syncs of the documents, newest first. */
  syncs(): Promise<readonly SyncRun[] | null>;
  /** How much of each source's documents was read, in the order of the sources. */
  coverage(): Promise<readonly Coverage[] | null>;
  /** Reads the documents of one source, or of all, now; gives the names of those that will be read. */
  syncNow(source?: string): Promise<readonly string[] | null>;
}

/**
 * The operator's side of the program, asked over HTTP as any operator would.
 *
 * @param program.url where the program takes requests; null while it is down.
 * @param program.token its setting OPERATOR_TOKEN.
 */
export function createOperator(program: { readonly url: () => string | null; readonly token: string }): Operator {
  /** Null: nobody answered, or the program could not. */
  async function ask(path: string, body?: unknown): Promise<Reply | null> {
    const url = program.url();
    if (url === null) return null;
    try {
      const response = await fetch(url + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${program.token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, body: await response.json() };
    } catch {
      return null;
    }
  }

  return {
    async why(link) {
      const reply = await ask(`/operator/why?message=${encodeURIComponent(link)}`);
      if (reply?.status === 404) return { trail: null };
      return reply?.status === 200 ? { trail: Trail.parse(reply.body) } : null;
    },
    async syncs() {
      const reply = await ask('/operator/syncs');
      return reply?.status === 200 ? z.object({ syncs: z.array(SyncRun) }).parse(reply.body).syncs : null;
    },
    async coverage() {
      const reply = await ask('/operator/coverage');
      return reply?.status === 200 ? z.object({ sources: z.array(Coverage) }).parse(reply.body).sources : null;
    },
    async syncNow(source) {
      const reply = await ask('/operator/sync', source === undefined ? {} : { source });
      return reply?.status === 202 ? z.object({ queued: z.array(z.string()) }).parse(reply.body).queued : null;
    },
  };
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}
