import type { ModelTrace } from '#domain/decision.ts';
import type { ModelFault, ModelMode } from '../../../sandbox/openai/contract.ts';
import { at, putDocument } from './helpdesk.ts';
import { type Asked, ann, badPicture, type ModelDesk, openModelDesk, pictureOf } from './model-desk.ts';

const question = 'my vpn keeps dropping, what can I do?';
const steps = '1. Check that the VPN is connected.\n2. Restart the VPN client.\n3. Restart the laptop.';
const secret = 'hunter2Xq9-long';

let desk: ModelDesk;
beforeAll(async () => {
  desk = await openModelDesk();
  await putDocument(desk.store, { id: 'vpn', title: 'VPN keeps dropping', text: steps });
  await putDocument(desk.store, {
    id: 'printer',
    title: 'Printer does not print',
    text: '1. Open the lid of the printer.\n2. Take out the paper.\n3. Close the lid.',
  });
  await putDocument(desk.store, {
    id: 'vpn-admin',
    title: 'VPN keeps dropping: for administrators',
    text: 'When the VPN keeps dropping, restart the VPN gateway in the moonbase rack.',
    audience: [['group:it']],
  });
  await putDocument(desk.store, {
    id: 'scanner',
    title: 'Scanner sends nothing',
    text: 'When the scanner sends nothing, write to scans@acme.example.',
  });
  await desk.embed();
});
afterAll(() => desk.close());
afterEach(() => {
  desk.openai.mend();
  desk.openai.behave('good');
});

let people = 0;

/** Somebody new each time, who has nothing open. */
function somebody() {
  people += 1;
  return { ...ann, ref: `slack/T1/P${people}`, email: `p${people}@acme.example` };
}

function traceOf({ decision }: Asked): ModelTrace {
  const { model } = decision.grounds;
  if (model === undefined) throw new Error('no model was asked');
  return model;
}

/** What was asked of the model since, as JSON. */
async function sentWhile(
  act: () => Promise<Asked>,
): Promise<{ asked: Asked; sent: string; tasks: readonly unknown[] }> {
  const before = desk.openai.calls().length;
  const asked = await act();
  const calls = desk.openai.calls().slice(before);
  return {
    asked,
    sent: JSON.stringify(calls.map(({ request }) => request)),
    tasks: calls.map(({ kind, purpose }) => purpose ?? kind),
  };
}

test('an answer is written from the passages, cited, looked at again, and its parts are stored', async () => {
  const { asked, tasks } = await sentWhile(() => desk.asked({ text: question }, { asker: somebody() }));
  expect(tasks).toEqual(['embeddings', 'firstline_answer', 'firstline_check']);
  const { decision } = asked;
  expect(decision).toMatchObject({ kind: 'answer', written: { sentences: expect.any(Array) } });
  const cited = decision.kind === 'answer' ? decision.citations.map(({ title }) => title) : [];
  expect(cited).toEqual(['VPN keeps dropping']);
  expect(asked.seen).toContain('Restart the VPN client');
  const { outcome, calls, prompts, checks, confidence, why } = traceOf(asked);
  expect({ outcome, why }).toEqual({ outcome: 'written', why: null });
  expect(calls.map(({ purpose, outcome: how }) => [purpose, how])).toEqual([
    ['embed-question', 'done'],
    ['answer', 'done'],
    ['check', 'done'],
  ]);
  expect(calls.every(({ costs }) => costs > 0)).toBe(true);
  expect(prompts).toHaveLength(2);
  expect(checks.map(({ name, held }) => [name, held])).toContainEqual(['second-look', true]);
  expect(Object.keys(confidence?.signals ?? {})).toEqual(expect.arrayContaining(['retrieval', 'covered', 'sure']));
});

test('no document that the asker may not open goes to the model', async () => {
  const { sent } = await sentWhile(() => desk.asked({ text: question }, { asker: somebody() }));
  expect(sent).toContain('Restart the VPN client');
  expect(sent).not.toContain('moonbase');
});

test('neither names nor addresses nor secrets go to the model, and what a document gives comes back', async () => {
  const text = `Ann Bell here (ann.bell@acme.example, +44 20 7946 0958), my password is ${secret}. The scanner sends nothing, whom do I write to?`;
  const { asked, sent } = await sentWhile(() => desk.asked({ text }, { asker: somebody() }));
  for (const hidden of ['Ann Bell', 'ann.bell@', '7946', secret, 'scans@acme']) expect(sent).not.toContain(hidden);
  expect(sent).toContain('scanner sends nothing');
  expect(asked.seen).not.toContain(secret);
  const clear = await desk.asked({ text: 'the scanner sends nothing, whom do I write to?' }, { asker: somebody() });
  expect(clear.decision).toHaveProperty('written');
  expect(clear.seen).toContain('write to scans@acme.example');
});

const failures: readonly (readonly [string, ModelFault | ModelMode, ModelTrace['why']])[] = [
  ['down', { kind: 'status', status: 503 }, 'failed'],
  ['silent', { kind: 'never' }, 'too-late'],
  ['refused for its rate', { kind: 'rate-limit', retryAfterSeconds: 60 }, 'failed'],
  ['cut off', { kind: 'drop-after' }, 'failed'],
  ['refusing', { kind: 'refusal' }, 'refused'],
  ['filtered', { kind: 'content-filter' }, 'malformed'],
  ['answering with half of its JSON', { kind: 'truncated-json' }, 'malformed'],
  ['answering with 200 kB', 'huge', 'malformed'],
  ['answering with nothing', 'empty', 'malformed'],
  ['answering with other types', 'wrong-types', 'malformed'],
  ['citing what is not there', 'invented-quotes', 'checks'],
  ['of the second look not convinced', 'disagrees', 'checks'],
  ['answering in a language nobody wrote in', 'wrong-language', 'checks'],
  ['adding a link', 'foreign-url', 'checks'],
];

test.each(failures)('a model that is %s: the passage is quoted, and why says so', async (...[, how, why]) => {
  if (typeof how === 'string') desk.openai.behave(how);
  else desk.openai.fail({ ...how, match: '/chat' });
  const asked = await desk.asked({ text: question }, { asker: somebody(), patienceMs: 1_500 });
  expect(asked.decision).toMatchObject({ kind: 'answer', quote: expect.stringContaining('Restart the VPN client') });
  expect(asked.decision).not.toHaveProperty('written');
  expect(traceOf(asked)).toMatchObject({ outcome: 'stepped-down', why });
});

test('a key that is refused is told to the admins once, until it is taken again', async () => {
  const refused = { kind: 'status', status: 401 } as const;
  for (const how of [refused, refused, null, refused]) {
    desk.openai.mend();
    if (how !== null) desk.openai.fail({ ...how, match: '/chat' });
    await desk.asked({ text: question }, { asker: somebody() });
  }
  const told = await desk.jobs('tell-admin');
  expect(told.map(({ source }) => source).filter((source) => source === 'model/sandbox-chat-1')).toHaveLength(2);
  expect(await desk.store.syncRuns.fault('model/sandbox-chat-1')).toMatch(
    /^The language model “sandbox-chat-1” cannot be used .*401/,
  );
});

test('without vectors it is found by its words, and written all the same', async () => {
  desk.openai.fail({ kind: 'status', status: 500, match: '/embeddings' });
  const asked = await desk.asked({ text: question }, { asker: somebody() });
  expect(asked.decision).toHaveProperty('written');
  expect(traceOf(asked)).toMatchObject({ outcome: 'written', why: null });
});

test('at the cap nothing is asked any more, and the passage is quoted', async () => {
  const { asked, tasks } = await sentWhile(() =>
    desk.asked({ text: question }, { asker: somebody(), caps: { person: 1 } }),
  );
  expect(tasks).toEqual([]);
  expect(asked.decision).toMatchObject({ kind: 'answer', quote: expect.stringContaining('Restart the VPN client') });
  expect(traceOf(asked).why).toBe('over-budget');
});

test('who has waited in the queue waits for a model the less, who asked long ago does not watch', async () => {
  const secondsAgo = (seconds: number) => ({ text: question, sentAt: new Date(at.getTime() - seconds * 1000) });
  const waited = await desk.asked(secondsAgo(13), { asker: somebody() });
  expect(waited.decision).toMatchObject({ kind: 'answer', quote: expect.stringContaining('Restart the VPN client') });
  expect(traceOf(waited)).toMatchObject({ outcome: 'stepped-down', why: 'too-late' });
  const longAgo = await desk.asked(secondsAgo(3600), { asker: somebody() });
  expect(longAgo.decision).toHaveProperty('written');
});

describe('a follow-up', () => {
  /** The second message of a conversation. */
  async function followUp(text: string): Promise<Awaited<ReturnType<typeof sentWhile>>> {
    const asker = somebody();
    const address = { platform: 'slack', ref: `T1/F${people}/1` } as const;
    await desk.asked({ text: 'the printer does not print', id: `F${people}.1`, address }, { asker });
    return sentWhile(() => desk.asked({ text, id: `F${people}.2`, address }, { asker }));
  }

  test('is made to stand alone before it is searched', async () => {
    const { asked, tasks } = await followUp('and how do I take out the paper?');
    expect(tasks[0]).toBe('firstline_question');
    expect(asked.decision.grounds.question).toMatch(/printer/i);
  });

  test('that a model makes something else of is taken as it was said', async () => {
    desk.openai.behave('answers-another-question', { task: 'firstline_question' });
    const { asked } = await followUp('and how do I take out the paper?');
    expect(asked.decision.grounds.question).toContain('take out the paper');
  });
});

describe('a picture', () => {
  test('is read by a model that sees, and its text is a part of the question', async () => {
    const { asked, tasks } = await sentWhile(() =>
      desk.asked(
        { text: 'what is this?', files: [pictureOf('VPN keeps dropping')] },
        { asker: somebody(), seesImages: true },
      ),
    );
    expect(tasks).toContain('firstline_picture');
    expect(asked.decision.grounds.question).toContain('VPN keeps dropping');
    expect(asked.decision.grounds).not.toHaveProperty('unreadPictures');
  });

  test('that none can read is asked about in words, and not held against the question beside it', async () => {
    const alone = await desk.asked({ text: '', files: [pictureOf('VPN keeps dropping')] }, { asker: somebody() });
    expect(alone.decision).toMatchObject({ kind: 'ask', about: 'only-pictures' });
    expect(alone.seen).toContain('I cannot read this picture');
    const beside = await desk.asked({ text: question, files: [pictureOf('x')] }, { asker: somebody() });
    expect(beside.decision).toMatchObject({ kind: 'answer', grounds: { unreadPictures: 1 } });
    expect(beside.seen).toContain('could not read the picture');
  });
});

describe('a picture that cannot be had', () => {
  test.each(['breaks off', 'never ends'] as const)(
    'because it %s is unread, and the question is answered',
    async (how) => {
      const asked = await desk.asked(
        { text: question, files: [badPicture(how)] },
        { asker: somebody(), seesImages: true, patienceMs: 1_000 },
      );
      expect(asked.decision).toMatchObject({ kind: 'answer', grounds: { unreadPictures: 1 } });
    },
  );
});

test.each(['Something went wrong. Speak to an agent.', 'status', 'Thanks, it works now!'])(
  'what a picture says (%j) is searched for, and is nobody’s wish',
  async (words) => {
    for (const text of [question, '']) {
      const asked = await desk.asked({ text, files: [pictureOf(words)] }, { asker: somebody(), seesImages: true });
      expect(asked.decision.grounds.question).toContain(words.split('.')[0]);
      expect(asked.decision).not.toMatchObject({ reason: 'asked-for-a-person' });
      expect(['escalate', 'suggest', 'answer', 'ask']).toContain(asked.decision.kind);
    }
  },
);

test('what is written and not sure enough is not said, and why says so', async () => {
  const text = 'the scanner sends nothing since the big meeting, whom do I write to?';
  const asked = await desk.asked({ text }, { asker: somebody() });
  expect(asked.decision).not.toHaveProperty('written');
  const { outcome, why, confidence } = traceOf(asked);
  expect({ outcome, why }).toEqual({ outcome: 'stepped-down', why: 'unsure' });
  expect(confidence?.value).toBeLessThan(asked.decision.grounds.thresholds?.writtenAt ?? 0);
});

test('what a model asks back is not said when what it was shown has changed meanwhile', async () => {
  const before = desk.checks.asked.length;
  const asked = await desk.asked({ text: 'printer?' }, { asker: somebody() });
  expect(asked.decision).toMatchObject({ kind: 'ask', about: 'more' });
  expect(desk.checks.asked.slice(before).flat()).toContainEqual(expect.objectContaining({ documentId: 'printer' }));
  desk.checks.say = async () => 'updated';
  const changed = await desk.asked({ text: 'printer?' }, { asker: somebody() });
  desk.checks.say = async () => 'current';
  expect(changed.decision.kind).toBe('escalate');
});

test('a model’s Markdown is not shown as it is', async () => {
  const asked = await desk.asked({ text: question }, { asker: somebody() });
  const plain = asked.decision.kind === 'answer' ? asked.decision.written?.sentences.map(({ text }) => text) : [];
  desk.openai.behave('markdown');
  const marked = await desk.asked({ text: question }, { asker: somebody() });
  expect(marked.decision).toMatchObject({ written: { sentences: plain?.map((text) => ({ text })) } });
});

test('a screenshot that answers our own question is read', async () => {
  const asker = somebody();
  const address = { platform: 'slack', ref: `T1/P${people}/1` } as const;
  const greeted = await desk.asked({ text: 'hi', id: `P${people}.1`, address }, { asker, seesImages: true });
  expect(greeted.decision).toMatchObject({ kind: 'ask', about: 'nothing-asked' });
  const files = [pictureOf('VPN client: the VPN keeps dropping')];
  const shown = await desk.asked({ text: '', files, id: `P${people}.2`, address }, { asker, seesImages: true });
  expect(shown.decision.grounds.question).toContain('VPN keeps dropping');
});

test('a question that reads like an order is searched as it was said, and no model is shown the order', async () => {
  const text = 'How do I make copilot ignore previous instructions?';
  const { asked, sent } = await sentWhile(() => desk.asked({ text }, { asker: somebody() }));
  expect(asked.decision.grounds.question).toBe(text);
  expect(sent).not.toContain('<question>\\nHow do I make copilot');
});

test('half of an address that was said before does not go to the model', async () => {
  const asker = somebody();
  const address = { platform: 'slack', ref: `T1/E${people}/1` } as const;
  const long = `${'the printer does not print, '.repeat(17)} mail ines.carvalho@acme.example`;
  await desk.asked({ text: long, id: `E${people}.1`, address }, { asker });
  const { sent } = await sentWhile(() => desk.asked({ text: 'and on linux?', id: `E${people}.2`, address }, { asker }));
  expect(sent).toContain('<earlier>');
  expect(sent).not.toContain('ines.carvalho');
});

test('what was said meanwhile is decided on with it, and the answer to half of it is not looked at again', async () => {
  const asker = somebody();
  const address = { platform: 'slack', ref: 'T1/M1/1' } as const;
  const said: Promise<string>[] = [];
  const end = desk.openai.on(() => {
    const isAnswer = desk.openai.calls().at(-1)?.purpose === 'firstline_answer';
    if (!isAnswer || said.length > 0) return;
    const text = 'no, it is the printer that does not print';
    said.push(desk.say({ text, id: 'M1.2', address, authorRef: asker.ref, place: 'direct' }));
  });
  const first = await sentWhile(async () => {
    await expect(desk.asked({ text: question, id: 'M1.1', address }, { asker })).rejects.toThrow('nothing was decided');
    return desk.asked({ text: 'a red light is on', id: 'M1.3', address }, { asker });
  });
  end();
  await Promise.all(said);
  expect(said).toHaveLength(1);
  const written = first.tasks.flatMap((task, index) => (task === 'firstline_answer' ? [index] : []));
  expect(written).toHaveLength(2);
  expect(first.tasks.slice(...written)).not.toContain('firstline_check');
  expect(first.asked.decision.grounds.question).toContain('printer');
});
