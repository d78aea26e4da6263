import type { SyncRun } from '#domain/sync-run.ts';
import type { Told, ToldTrail } from '../../scripts/trail-words.ts';
import { ask, issuesOf, named, posts, postsFrom, press, shown, type Thread, ticketOf } from './threads.ts';
import { verdictWords } from '../../scripts/verdict-words.ts';
import { startWorkplace, wikiPath, type Workplace } from './workplace.ts';

type ToldSync = Told<SyncRun>;

const patienceMs = 120_000;
const token = 'a-token-of-the-test';
const settings = { ANSWER_AT: '0.2', SUGGEST_AT: '0.1', OPERATOR_TOKEN: token };

let place: Workplace;
beforeAll(async () => {
  place = await startWorkplace(settings);
}, patienceMs);
afterAll(() => place.close());
afterEach(() => {
  place.slack.delivery.copies = 1;
  place.slack.faults.clear();
  place.jira.faults.clear();
});

interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

async function operator<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
  const response = await fetch(place.botUrl + path, { headers: { authorization: `Bearer ${token}` }, ...init });
  return { status: response.status, body: (await response.json()) as T };
}

/** The message's link as Slack gives it. */
async function linkOf({ channel }: Thread, ts: string): Promise<string> {
  const query = new URLSearchParams({ channel, message_ts: ts }).toString();
  const response = await fetch(`${place.slack.apiUrl}chat.getPermalink?${query}`, {
    headers: { authorization: `Bearer ${place.slack.botToken}` },
  });
  return ((await response.json()) as { permalink: string }).permalink;
}

async function why(thread: Thread, ts = thread.ts): Promise<Answer<ToldTrail>> {
  return operator<ToldTrail>(`/operator/why?${new URLSearchParams({ message: await linkOf(thread, ts) }).toString()}`);
}

/** The trail, once all jobs of the conversation are done. */
function settledTrail(thread: Thread): Promise<ToldTrail> {
  const look = async () => (await why(thread)).body;
  return eventually(look, ({ jobs }) => jobs.every(({ state }) => state === 'done'));
}

async function eventually<T>(look: () => Promise<T>, isThere: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`waited in vain; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const when = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const jobOnce = { state: 'done', tries: 1, sentAt: when, startedAt: when, endedAt: when, error: null };

test(
  'an answer has a trail from the delivery, redelivered, to the post',
  async () => {
    place.slack.delivery.copies = 3;
    const thread = await ask(place, { as: named(place, 'Inês'), text: 'my vpn keeps droping' });
    const [post] = await postsFrom(place, thread, 1);
    const [event] = (await why(thread)).body.events;
    const deliveries = () => place.slack.deliveries.filter(({ id }) => event?.id === `slack/${id}`);
    await place.until('it was delivered three times', () => deliveries().length >= 3);
    const trail = await settledTrail(thread);
    expect(trail).toMatchObject({
      conversation: { platform: 'slack', place: 'direct', handledThrough: trail.turns[0]?.id },
      turns: [
        { author: 'requester', text: 'my vpn keeps droping', recordedAt: when, link: await linkOf(thread, thread.ts) },
        {
          author: 'bot',
          link: await linkOf(thread, post!.ts),
          decision: {
            kind: 'answer',
            citations: [{ url: expect.stringContaining(wikiPath('network/vpn-keeps-dropping.md')) }],
            grounds: {
              question: 'my vpn keeps droping',
              corrections: [{ from: 'droping', to: 'dropping' }],
              confidence: { value: expect.any(Number), signals: expect.objectContaining({ lead: expect.any(Number) }) },
              thresholds: { answerAt: 0.2, suggestAt: 0.1 },
            },
          },
        },
      ],
      events: [{ id: expect.stringMatching(/^slack\/Ev/), receivedAt: when, turnId: trail.turns[0]?.id }],
      jobs: [
        { ...jobOnce, name: 'answer', turnIds: [] },
        { ...jobOnce, name: 'deliver', turnIds: [trail.turns[1]?.id] },
      ],
      ticket: null,
    });
    expect(await why(thread, post!.ts)).toEqual({ status: 200, body: trail });
  },
  patienceMs,
);

test(
  'a conversation that was handed over while Jira was down tells the tries and the ticket',
  async () => {
    const thread = await ask(place, { as: named(place, 'Femke'), text: 'my vpn keeps droping' });
    const [answer] = await postsFrom(place, thread, 1);
    place.jira.faults.set({ match: '', kind: 'status', status: 503, times: Infinity });
    await press(place, thread, { ts: answer!.ts, actionId: 'get_human' });
    await place.until('they are told to wait', () => posts(place, thread).some((post) => /is taken/.test(shown(post))));
    const { body: waiting } = await why(thread);
    expect(waiting.ticket).toMatchObject({ reason: 'asked-for-a-person', openedAt: when, key: null, url: null });
    const failing = waiting.jobs.find(({ name }) => name === 'escalate');
    expect(['retrying', 'running']).toContain(failing?.state);
    expect(failing).toMatchObject({ startedAt: when, endedAt: null });
    expect(issuesOf(place, thread)).toEqual([]);

    place.jira.faults.clear();
    const { key } = await ticketOf(place, thread);
    const trail = await settledTrail(thread);
    const verdicts = trail.turns.flatMap(({ decision }) => (decision === null ? [] : [verdictWords(decision)]));
    expect(verdicts.slice(1)).toEqual([
      'Firstline handed over to a person: the employee asked for a person',
      'The employee was told that the request is taken, and that the ticket comes later',
      'The employee was told that the ticket is open',
      'Firstline showed the request in the triage channel',
    ]);
    const click = trail.turns.find(({ action }) => action === 'get-human');
    expect(trail.events.map(({ turnId }) => turnId)).toEqual([trail.turns[0]?.id, click?.id]);
    const kinds = new Set(trail.jobs.map(({ name }) => name));
    expect(kinds).toEqual(
      new Set(['answer', 'deliver', 'settle', 'escalate', 'link', 'mirror', 'refresh-ticket', 'suggest']),
    );
    const escalate = trail.jobs.find(({ name }) => name === 'escalate');
    expect(escalate).toMatchObject({ state: 'done', endedAt: when, error: expect.stringMatching(/^jira/i) });
    expect(escalate?.tries).toBeGreaterThan(1);
    expect(trail.ticket).toMatchObject({ key, url: `${place.jira.url}/browse/${key}`, triedAt: when });
  },
  patienceMs,
);

test(
  'of talk that was never for the bot there is no trail, and nobody without the token reads one',
  async () => {
    const thread = await ask(place, { as: named(place, 'Inês'), text: 'lunch?', channel: 'C04HLP2T9QK', raw: true });
    expect(await why(thread)).toEqual({ status: 404, body: { error: 'Nothing is stored about this message.' } });
    expect((await operator('/operator/syncs', { headers: {} })).status).toBe(401);
  },
  patienceMs,
);

test(
  'a sync can be asked for, and tells what it did',
  async () => {
    const all = async () => (await operator<{ syncs: ToldSync[] }>('/operator/syncs')).body.syncs;
    const syncs = async () => (await all()).filter(({ source }) => source === 'markdown');
    const before = await syncs();
    const first = before.at(-1);
    const done = { source: 'markdown', state: 'done', startedAt: when, endedAt: when, failed: [], error: null };
    expect(first).toMatchObject({ ...done, toRead: first?.added, done: first?.added });
    expect(first?.added).toBeGreaterThan(10);
    const sources = ['lessons', 'markdown', 'notion', 'confluence', 'tickets'];
    expect(await operator('/operator/sync', { method: 'POST' })).toEqual({
      status: 202,
      body: { queued: sources },
    });
    const latest = await eventually(
      syncs,
      ([newest]) => newest?.state === 'done' && newest.startedAt !== before[0]?.startedAt,
    );
    expect(latest).toHaveLength(before.length + 1);
    expect(latest[0]).toMatchObject({ ...done, toRead: 0, added: 0, kept: first?.added });
  },
  patienceMs,
);
