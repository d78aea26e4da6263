import { add, ask, named, posts, postsFrom, shown, type Thread, ticketOf } from './threads.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

const patienceMs = 120_000;
/** No longer than this after it was asked, whatever the model does. */
const longestMs = 15_000;
const question = 'my vpn keeps dropping, what can I do?';
/** The passage, word for word, as it is quoted without a model. */
const verbatim = 'Check that it really is the VPN';

let place: Workplace;
beforeAll(async () => {
  place = await startWorkplace({ SANDBOX_AI: 'on', MODEL_SECONDS: '4', MODEL_BUDGET_PER_PERSON: '1' });
  await place.until('all chunks have their vectors', () =>
    place.lines.some(({ msg }) => msg === 'chunks were embedded'),
  );
}, patienceMs);
afterAll(() => place.close());
afterEach(() => {
  place.openai.mend();
  place.openai.behave('good');
});

/** Asks as this person, and returns what the bot says first and how long it took. */
async function answerTo(text: string, name = 'Inês'): Promise<{ thread: Thread; said: string; ms: number }> {
  const began = Date.now();
  const thread = await ask(place, { as: named(place, name), text });
  const [post] = await postsFrom(place, thread, 1);
  return { thread, said: shown(post), ms: Date.now() - began };
}

function tasks(): readonly (string | null)[] {
  return place.openai.calls().map(({ purpose, kind }) => (kind === 'chat' ? purpose : kind));
}

test(
  'an answer is written, checked, cited and paid for',
  async () => {
    const before = tasks().length;
    const { said } = await answerTo(question);
    expect(tasks().slice(before)).toEqual(['embeddings', 'firstline_answer', 'firstline_check']);
    expect(said).toMatch(/\[\\+\[1\\+\]\]\(http/);
    expect(said).toContain('VPN keeps dropping');
    const sent = place.openai.calls().at(-2)?.request;
    expect(JSON.stringify(sent)).toContain('<passage id=');
  },
  patienceMs,
);

test(
  'a follow-up is made to stand alone before it is searched',
  async () => {
    const { thread } = await answerTo('how do I set up the VPN on Windows?');
    const before = tasks().length;
    await add(place, thread, 'and on linux?');
    await place.until('it is decided on', () => tasks().slice(before).includes('firstline_question'));
    const [, second] = await postsFrom(place, thread, 2);
    expect(shown(second)).toMatch(/linux/i);
  },
  patienceMs,
);

test.each([
  ['refuses', () => place.openai.fail({ kind: 'refusal' })],
  ['talks without end', () => place.openai.behave('huge')],
  ['says nothing', () => place.openai.behave('empty')],
  ['cites what is not there', () => place.openai.behave('invented-quotes')],
  ['adds a link', () => place.openai.behave('foreign-url')],
])(
  'a model that %s: the passage is quoted',
  async (...[, happens]) => {
    happens();
    const before = tasks().length;
    const { said } = await answerTo(question);
    expect(said).toContain(verbatim);
    expect(tasks().slice(before)).toContain('firstline_answer');
  },
  patienceMs,
);

test(
  'Stop ends what is under way, and the next question is answered',
  async () => {
    place.openai.fail({ kind: 'never', match: '/chat' });
    const as = named(place, 'Inês');
    const thread = await ask(place, { as, text: question });
    await place.until('it says that it reads', () => place.slack.status(thread.channel, thread.ts).includes('reading'));
    const pressed = Date.now();
    place.slack.stopSession({ as, channel: thread.channel, threadTs: thread.ts });
    const [stopped] = await postsFrom(place, thread, 1);
    // before the model would have been given up
    expect(Date.now() - pressed).toBeLessThan(3_000);
    expect(shown(stopped)).toContain('Stopped.');
    place.openai.mend();
    await add(place, thread, 'how do I add a printer?');
    const [, answer] = await postsFrom(place, thread, 2);
    expect(shown(answer)).toMatch(/print/i);
  },
  patienceMs,
);

// From here on the server is left alone for a while after some failures: what comes later need not reach it.
test.each([
  ['never answers', () => place.openai.fail({ kind: 'never' })],
  ['drops the connection', () => place.openai.fail({ kind: 'drop' })],
  ['is down', () => place.openai.fail({ kind: 'status', status: 503 })],
  ['is rate-limited', () => place.openai.fail({ kind: 'rate-limit', retryAfterSeconds: 5 })],
])(
  'the model server %s: the passage is quoted, in time',
  async (...[, happens]) => {
    happens();
    const { said, ms } = await answerTo(question);
    expect(said).toContain(verbatim);
    expect(ms).toBeLessThan(longestMs);
  },
  patienceMs,
);

test(
  'down while many ask: each has an answer or a ticket in time',
  async () => {
    place.openai.fail({ kind: 'never' });
    const people = place.slack.people().filter(({ guest }) => guest !== true);
    const asked = Array.from({ length: 20 }, (_, index) => people[index % people.length]);
    const began = Date.now();
    const threads = await Promise.all(
      asked.map((person, index) =>
        ask(place, {
          as: person?.slackId ?? '',
          text: index % 2 === 0 ? question : 'the tea robot of the moon office speaks Klingon',
        }),
      ),
    );
    await place.until('all have something', () => threads.every((thread) => posts(place, thread).length > 0));
    expect(Date.now() - began).toBeLessThan(longestMs);
  },
  patienceMs,
);

test(
  'slow while fifty ask: who has waited for the others waits for the model the less',
  async () => {
    place.openai.fail({ kind: 'slow', delayMs: 1_900, match: '/chat' });
    const people = place.slack.people().filter(({ guest }) => guest !== true);
    const began = Date.now();
    const threads = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        ask(place, { as: people[index % people.length]?.slackId ?? '', text: `${question} (${index})` }),
      ),
    );
    await place.until('all have something', () => threads.every((thread) => posts(place, thread).length > 0));
    expect(Date.now() - began).toBeLessThan(longestMs);
  },
  patienceMs,
);

test(
  'what cannot be answered becomes a ticket',
  async () => {
    const { thread } = await answerTo('our coffee elephant in the basement sings opera at night');
    const { key } = await ticketOf(place, thread);
    expect(key).toMatch(/^IT-\d+$/);
  },
  patienceMs,
);
