import { loadCompany } from '../../sandbox/company.ts';
import { startJira, type JiraSandbox } from '../../sandbox/jira/index.ts';
import { createOperator, type Trail, type TrailDecision } from '../../sandbox/operator.ts';
import type { ModelCall } from '../../sandbox/openai/contract.ts';
import { startPage, type Page } from '../../sandbox/page.ts';
import type { Story, StoryDelivery, StoryRestCall, StorySlackCall } from '../../sandbox/page/story-types.ts';
import type { Trace } from '../../sandbox/page/story-trace.ts';
import { verdictOf } from '../../sandbox/page/story-verdict.ts';
import { tellRounds, type StorySources } from '../../sandbox/page/story.ts';
import { startSlack, type SlackSandbox } from '../../sandbox/slack/index.ts';
import {
  article,
  at,
  botTurn,
  coverage,
  jobOf,
  judged,
  operatorToken,
  saidTurn,
  startStandIn,
  type StandIn,
  syncRun,
  trailOf,
  unsearched,
} from './stand-in-operator.ts';

function sourcesOf(trail: Trail, part: Partial<StorySources> = {}): StorySources {
  return {
    trail,
    channel: 'C1',
    deliveries: [],
    slackCalls: [],
    jiraCalls: [],
    threadTs: new Set(['100.000001', '101.000001']),
    requesterEmail: 'mia@brindlow.example',
    requesterName: 'Mia Okafor',
    keptSince: 0,
    authorOf: (ts) => (ts === '100.000001' ? 'Mia Okafor' : null),
    ...part,
  };
}

function delivery(part: Partial<StoryDelivery> & { id: string; at: Date }): StoryDelivery {
  const about = { type: 'message', channel: 'C1', ts: '100.000001', actionTs: null };
  return { attempt: 1, status: 200, ms: 7, about, ...part };
}

function slackCall(part: Partial<StorySlackCall> & { method: string; at: Date }): StorySlackCall {
  return { args: { channel: 'C1', thread_ts: '100.000001' }, ok: true, status: 200, ms: 3, ...part };
}

function jiraCall(part: Partial<StoryRestCall> & { at: string }): StoryRestCall {
  const { name } = trailOf({}).conversation;
  const body = { fields: { labels: [`firstline-${name}`] } };
  return { method: 'POST', path: '/rest/api/3/issue', query: {}, body, status: 201, ms: 5, ...part };
}

const distinguishing = {
  event: 'id',
  job: 'name',
  request: 'what',
  decision: 'decision',
  search: null,
  confidence: null,
  model: 'outcome',
} as const;

/** Steps in few words: kind, what distinguishes it, milliseconds. */
function outline(sources: StorySources): unknown[][] {
  return tellRounds(sources).map(({ steps }) =>
    steps.map((step) => {
      const what = distinguishing[step.kind];
      return [step.kind, what === null ? null : Object(step)[what], step.afterMs];
    }),
  );
}

const answeredTrail = trailOf({
  turns: [
    saidTurn({ id: '1', recordedAt: at(10), ts: '100.000001' }),
    botTurn({
      id: '2',
      recordedAt: at(200),
      ts: '101.000001',
      decision: judged(0.9934, { kind: 'answer', quote: 'Quit.' }),
    }),
  ],
  events: [{ id: 'slack/Ev1', receivedAt: at(10), turnId: '1' }],
  jobs: [
    jobOf({ id: 'j1', name: 'answer', sentAt: at(10), startedAt: at(15), endedAt: at(201) }),
    jobOf({ id: 'j2', name: 'deliver', sentAt: at(200), startedAt: at(210), endedAt: at(240), turnIds: ['2'] }),
  ],
});

test('an answered question is one round: told, worked on, searched, weighed, decided, posted', () => {
  const sources = sourcesOf(answeredTrail, {
    deliveries: [delivery({ id: 'Ev1', at: new Date(at(0)) })],
    slackCalls: [
      slackCall({
        method: 'assistant.threads.setStatus',
        at: new Date(at(20)),
        args: { channel_id: 'C1', thread_ts: '100.000001' },
      }),
      slackCall({ method: 'users.info', at: new Date(at(30)), args: { user: 'U1' } }),
      slackCall({ method: 'users.info', at: new Date(at(31)), args: { user: 'U1' } }),
      slackCall({ method: 'users.info', at: new Date(at(900)), args: { user: 'U1' } }),
      slackCall({ method: 'chat.postMessage', at: new Date(at(215)) }),
      slackCall({ method: 'chat.postMessage', at: new Date(at(216)), args: { channel: 'C1', thread_ts: '7.000001' } }),
    ],
  });
  expect(outline(sources)).toEqual([
    [
      ['event', 'Ev1', 0],
      ['job', 'answer', 10],
      ['request', 'assistant.threads.setStatus', 20],
      ['request', 'users.info', 30],
      ['search', null, null],
      ['confidence', null, null],
      ['decision', 'answer', 200],
      ['job', 'deliver', 200],
      ['request', 'chat.postMessage', 215],
    ],
  ]);
  const [round] = tellRounds(sources);
  expect(round).toMatchObject({
    said: [{ author: 'Mia Okafor', text: 'my vpn keeps droping' }],
    verdict: { decision: 'answer', sentence: 'Answered: confidence 99 % is above the 96 % that an answer needs.' },
    tookMs: 240,
    gap: null,
  });
  expect(round?.steps.filter(({ kind }) => kind === 'request')).toMatchObject([
    { jobId: 'j1', purpose: 'Show in the thread how far it is' },
    { jobId: 'j1', purpose: 'Ask who the person is' },
    { jobId: 'j2', purpose: 'Post in the thread', status: 200, ms: 3, failed: false },
  ]);
});

test('an event that comes several times is one step, and a mention that brought nothing new is told as such', () => {
  const about = { type: 'app_mention', channel: 'C1', ts: '100.000001', actionTs: null };
  const deliveries = [
    delivery({ id: 'Ev1', at: new Date(at(0)), status: null, ms: 3000 }),
    delivery({ id: 'Ev1', at: new Date(at(3000)), attempt: 2 }),
    delivery({ id: 'Ev2', at: new Date(at(3001)), about }),
    delivery({ id: 'Ev3', at: new Date(at(1)), about: { ...about, ts: '101.000001' } }),
    delivery({ id: 'Ev4', at: new Date(at(1)), about: { ...about, channel: 'C2' } }),
  ];
  const [round] = tellRounds(sourcesOf(answeredTrail, { deliveries }));
  expect(round?.steps.filter(({ kind }) => kind === 'event')).toEqual([
    {
      kind: 'event',
      id: 'Ev1',
      type: 'message',
      at: at(0),
      afterMs: 0,
      storedAt: at(10),
      attempts: [
        { attempt: 1, status: null, ms: 3000 },
        { attempt: 2, status: 200, ms: 7 },
      ],
    },
    {
      kind: 'event',
      id: 'Ev2',
      type: 'app_mention',
      at: at(3001),
      afterMs: 3001,
      storedAt: null,
      attempts: [{ attempt: 1, status: 200, ms: 7 }],
    },
  ]);
});

const handedOver = trailOf({
  turns: [
    saidTurn({ id: '1', recordedAt: at(0), ts: '100.000001' }),
    botTurn({ id: '2', recordedAt: at(100), decision: judged(0.13, { kind: 'escalate', reason: 'unsure' }) }),
    saidTurn({ id: '3', recordedAt: at(2000), ts: '102.000001', text: 'and it squeaks' }),
    botTurn({ id: '4', recordedAt: at(2100), decision: unsearched({ kind: 'forward' }) }),
    botTurn({
      id: '5',
      recordedAt: at(8000),
      decision: unsearched({ kind: 'report', news: 'ticket-open', reason: 'unsure' }),
    }),
  ],
  jobs: [
    jobOf({ id: 'j1', name: 'answer', sentAt: at(0), endedAt: at(101) }),
    jobOf({ id: 'j2', name: 'escalate', sentAt: at(100), startedAt: at(7000), endedAt: at(8000), tries: 3 }),
    jobOf({ id: 'j3', name: 'answer', sentAt: at(2000), endedAt: at(2101) }),
    jobOf({ id: 'j4', name: 'mirror', sentAt: at(2100), endedAt: at(9000) }),
    jobOf({ id: 'j5', name: 'deliver', sentAt: at(8000), endedAt: at(8100), turnIds: ['5'] }),
    jobOf({ id: 'j6', name: 'link', sentAt: at(8000), endedAt: at(8200) }),
  ],
  ticket: { reason: 'unsure', key: 'IT-7', url: 'https://jira.example/browse/IT-7' },
});

test('what Jira refused and took later stands with the question, though more was said meanwhile', () => {
  const find = { method: 'GET', path: '/rest/api/3/user/search', body: null, query: { query: 'mia@brindlow.example' } };
  const sources = sourcesOf(handedOver, {
    jiraCalls: [
      jiraCall({ ...find, at: at(120), status: 200 }),
      jiraCall({ ...find, at: at(125), query: { query: 'ben@brindlow.example' } }),
      jiraCall({ at: at(130), status: 503 }),
      jiraCall({ at: at(3130), status: null }),
      jiraCall({ at: at(7130) }),
      jiraCall({ at: at(7140), body: { fields: { labels: ['firstline-another'] } } }),
      jiraCall({ at: at(8150), path: '/rest/api/3/issue/IT-7/remotelink', body: { object: {} } }),
      jiraCall({ at: at(8500), path: '/rest/api/3/issue/IT-7/comment', body: { body: {} } }),
      jiraCall({ at: at(8600), path: '/rest/api/3/issue/IT-70/comment', body: { body: {} } }),
    ],
  });
  expect(outline(sources)).toEqual([
    [
      ['job', 'answer', 0],
      ['search', null, null],
      ['confidence', null, null],
      ['decision', 'escalate', 100],
      ['job', 'escalate', 100],
      ['request', 'GET /rest/api/3/user/search', 120],
      ['request', 'POST /rest/api/3/issue', 130],
      ['request', 'POST /rest/api/3/issue', 3130],
      ['request', 'POST /rest/api/3/issue', 7130],
      ['decision', 'report', 8000],
      ['job', 'deliver', 8000],
      ['job', 'link', 8000],
      ['request', 'POST /rest/api/3/issue/IT-7/remotelink', 8150],
    ],
    [
      ['job', 'answer', 0],
      ['decision', 'forward', 100],
      ['job', 'mirror', 100],
      ['request', 'POST /rest/api/3/issue/IT-7/comment', 6500],
    ],
  ]);
  const [round] = tellRounds(sources);
  const created = round?.steps.filter((step) => step.kind === 'request' && step.what === 'POST /rest/api/3/issue');
  expect(created).toMatchObject([
    { status: 503, failed: true, againAfterMs: 3000, jobId: 'j2' },
    { status: null, failed: true, againAfterMs: 4000, jobId: 'j2' },
    { status: 201, failed: false, againAfterMs: null, jobId: 'j2' },
  ]);
  expect(round?.tookMs).toBe(8100);
});

const agent = { author: 'agent', messageId: null } as const;

test('what IT says is a round of its own, which nothing is decided on, and news stand with the ticket', () => {
  const trail = trailOf({
    ...handedOver,
    turns: [
      ...handedOver.turns.slice(0, 2),
      botTurn({
        id: '6',
        recordedAt: at(150),
        decision: unsearched({ kind: 'triage', card: { takenBy: null, mutedBy: null } }),
      }),
      {
        ...saidTurn({ id: '7', recordedAt: at(3000), ts: '', text: 'Which office?' }),
        ...agent,
        authorName: 'Ben Ito',
      },
      { ...saidTurn({ id: '8', recordedAt: at(3100), ts: '', action: 'take', text: '' }), ...agent, stage: 'triage' },
      botTurn({ id: '9', recordedAt: at(4000), decision: unsearched({ kind: 'report', news: 'assigned' }) }),
      saidTurn({ id: '10', recordedAt: at(5000), ts: '102.000001', text: 'Lisbon' }),
      botTurn({ id: '11', recordedAt: at(5100), decision: unsearched({ kind: 'forward' }) }),
    ],
    jobs: [],
  });
  const rounds = tellRounds(sourcesOf(trail));
  expect(rounds.map(({ said, verdict }) => [said.map(({ author }) => author), verdict?.decision])).toEqual([
    [['Mia Okafor'], 'escalate'],
    [['Ben Ito', 'IT'], 'agent'],
    [['Mia Okafor'], 'forward'],
  ]);
  const [first, second] = rounds;
  expect(second?.verdict?.sentence).toBe('IT said this: it is shown in the thread.');
  expect(first?.steps.flatMap((step) => (step.kind === 'decision' ? [step.decision] : []))).toEqual([
    'escalate',
    'triage',
    'report',
  ]);
});

test('what IT staff do in the triage channel is told as such, and what waits is decided on beside it', () => {
  const trail = trailOf({
    turns: [
      saidTurn({ id: '1', recordedAt: at(0), ts: '100.000001' }),
      { ...saidTurn({ id: '2', recordedAt: at(50), ts: '', action: 'mute', text: '' }), ...agent, stage: 'triage' },
      botTurn({ id: '3', recordedAt: at(100), decision: unsearched({ kind: 'forward' }) }),
    ],
  });
  expect(tellRounds(sourcesOf(trail)).map(({ verdict }) => verdict)).toMatchObject([
    { decision: 'forward' },
    { decision: 'agent', sentence: 'IT staff did this in the triage channel.' },
  ]);
});

test('a form is told by what was entered', () => {
  const values = { summary: 'VPN drops', tried: '', device: 'MacBook' };
  const turn = { ...saidTurn({ id: '1', recordedAt: at(0), ts: '', action: 'details', text: '' }), values };
  const [round] = tellRounds(sourcesOf(trailOf({ turns: [turn] })));
  expect(round?.said).toMatchObject([{ action: 'details', entered: 'VPN drops · MacBook' }]);
});

test('a ticket is known by its id as well, once something with the conversation’s name was written there', () => {
  const { name } = trailOf({}).conversation;
  const mark = { properties: [{ key: 'firstline', value: { id: `${name}/3` } }] };
  const issue = '/rest/api/3/issue/10001';
  const sources = sourcesOf(
    trailOf({ ...handedOver, jobs: [jobOf({ id: 'j1', name: 'mirror', sentAt: at(0), endedAt: at(900) })] }),
    {
      jiraCalls: [
        jiraCall({ method: 'GET', path: issue, body: null, status: 200, at: at(100) }),
        jiraCall({ path: `${issue}/comment`, body: mark, at: at(200) }),
        jiraCall({ method: 'PUT', path: `${issue}/comment/5`, body: { body: {} }, status: 200, at: at(300) }),
        jiraCall({ method: 'DELETE', path: `${issue}/comment/5`, body: null, status: 204, at: at(400) }),
        jiraCall({ method: 'POST', path: `${issue}/attachments`, body: null, status: 200, at: at(500) }),
        jiraCall({ method: 'GET', path: '/rest/api/3/issue/10002', body: null, status: 200, at: at(600) }),
      ],
    },
  );
  const requests = tellRounds(sources).flatMap(({ steps }) => steps.filter((step) => step.kind === 'request'));
  expect(requests.map((step) => [Object(step).purpose, Object(step).jobId])).toEqual([
    ['Read the ticket', 'j1'],
    ['Add a comment', 'j1'],
    ['Change a comment', 'j1'],
    ['Take a comment away', 'j1'],
    ['Attach a file', 'j1'],
  ]);
});

test('what the bot asks Notion and Confluence about the articles it cites stands with the answer', () => {
  const notion = 'http://127.0.0.1:3103/Set-up-VPN-007ce467c6a6459a865de3c8bf2439fb?pvs=4';
  const confluence = 'http://127.0.0.1:3104/wiki/spaces/IT/pages/1300616/VPN';
  const cited = [notion, confluence, 'https://wiki.example/vpn'].map((url) => ({ title: 'VPN', url }));
  const trail = trailOf({
    turns: [
      saidTurn({ id: '1', recordedAt: at(0), ts: '100.000001' }),
      botTurn({ id: '2', recordedAt: at(100), decision: judged(0.99, { kind: 'answer', citations: cited }) }),
    ],
    jobs: [jobOf({ id: 'j1', name: 'answer', sentAt: at(0), endedAt: at(100), turnIds: ['1'] })],
  });
  const get = { method: 'GET', body: null, query: {}, status: 200, ms: 4 };
  const page = '/v1/pages/007ce467-c6a6-459a-865d-e3c8bf2439fb';
  const sources = sourcesOf(trail, {
    wikiCalls: [
      { ...get, system: 'notion', path: page, at: at(50) },
      { ...get, system: 'notion', path: '/v1/pages/10000000-c6a6-459a-865d-e3c8bf2439fb', at: at(51) },
      { ...get, system: 'notion', path: page, at: at(500) },
      { ...get, system: 'confluence', path: '/wiki/api/v2/pages/1300616', at: at(60), status: 404 },
      { ...get, system: 'confluence', path: '/wiki/api/v2/pages/13006', at: at(61) },
    ],
  });
  const requests = tellRounds(sources).flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'request'));
  expect(requests).toMatchObject([
    { system: 'notion', what: `GET ${page}`, jobId: 'j1', failed: false },
    { system: 'confluence', what: 'GET /wiki/api/v2/pages/1300616', jobId: 'j1', failed: true },
  ]);
});

test('a click belongs to the round it began, told by Slack’s own time of the click', () => {
  const trail = trailOf({
    ...answeredTrail,
    turns: [
      ...answeredTrail.turns,
      { ...saidTurn({ id: '3', recordedAt: at(5000), ts: '', text: '', action: 'solved' }), messageId: null },
      botTurn({ id: '4', recordedAt: at(5100), decision: unsearched({ kind: 'silent', reason: 'solved' }) }),
    ],
    events: [
      ...answeredTrail.events,
      { id: 'slack/action/101.000001/200.5/U1/solved', receivedAt: at(5000), turnId: '3' },
    ],
  });
  const about = { type: 'block_actions', channel: 'C1', ts: '101.000001', actionTs: '200.5' };
  const deliveries = [delivery({ id: '12.34.abc', at: new Date(at(4990)), about })];
  const [, second] = tellRounds(sourcesOf(trail, { deliveries }));
  expect(second).toMatchObject({
    said: [{ author: 'Mia Okafor', action: 'solved' }],
    verdict: { sentence: 'Said nothing: the person says that it is solved.' },
    steps: [
      { kind: 'event', type: 'block_actions', storedAt: at(5000), attempts: [{ status: 200 }] },
      { kind: 'decision', decision: 'silent' },
    ],
  });
});

test('what is not decided yet has no verdict, and what is older than the records says so', () => {
  const trail = trailOf({
    turns: [saidTurn({ id: '1', recordedAt: at(0), ts: '100.000001' })],
    jobs: [
      jobOf({ id: 'j1', name: 'answer', sentAt: at(0), startedAt: null, endedAt: null, state: 'waiting', tries: 0 }),
    ],
  });
  expect(tellRounds(sourcesOf(trail, { keptSince: Date.parse(at(1)) }))).toMatchObject([
    {
      verdict: null,
      tookMs: null,
      gap: expect.stringContaining('before the sandbox’s start are not kept'),
      steps: [{ kind: 'job', state: 'waiting', waitedMs: null, ranMs: null }],
    },
  ]);
  expect(tellRounds(sourcesOf(trailOf({})))).toEqual([]);
});

const trace: Trace = {
  model: 'gpt-of-tests',
  prompts: ['answer@1a2b3c4d', 'check@5e6f7a8b'],
  calls: [
    { purpose: 'embed-question', outcome: 'done', ms: 12, costs: 3 },
    { purpose: 'answer', outcome: 'done', ms: 800, costs: 1_240 },
    { purpose: 'check', outcome: 'malformed', ms: 300, costs: 400 },
    { purpose: 'dream', outcome: 'forgotten', ms: 1, costs: 0 },
  ],
  outcome: 'written',
  why: null,
  checks: [
    { name: 'quotes', held: true },
    { name: 'facts', held: false },
    { name: 'humour', held: true },
  ],
  dropped: 1,
  confidence: { value: 0.931, signals: { borneOut: 0.9, sure: 0.8 } },
};

/** The decision, with what a model had to do with it. */
function withModel(decision: TrailDecision, part: Partial<Trace> = {}): TrailDecision {
  return { ...decision, grounds: { ...decision.grounds, model: { ...trace, ...part } } };
}

const sentences = [
  { text: 'Quit `Connect`.', cites: [0] },
  { text: 'Open it again.', cites: [0, 1] },
];
const answeredInItsWords = withModel(
  judged(0.9, { kind: 'answer', quote: 'Quit Connect.', citations: [article], written: { sentences } }),
);
const steppedDown = { outcome: 'stepped-down', why: 'checks', confidence: null };

test('what a model had to do with a decision stands between the confidence and the decision, in words', () => {
  const turns = [
    saidTurn({ id: '1', recordedAt: at(10), ts: '100.000001' }),
    botTurn({ id: '2', recordedAt: at(200), ts: '101.000001', decision: answeredInItsWords }),
  ];
  const sources = sourcesOf(trailOf({ ...answeredTrail, turns, events: [] }));
  expect(outline(sources)[0]?.map((step) => Object(step)[0])).toEqual([
    'job',
    'search',
    'confidence',
    'model',
    'decision',
    'job',
  ]);
  const steps = tellRounds(sources)[0]?.steps ?? [];
  expect(steps.find(({ kind }) => kind === 'model')).toMatchObject({
    model: 'gpt-of-tests',
    sentence: 'It wrote an answer that passed the checks.',
    outcome: 'written',
    calls: [
      { purpose: 'To find what means the same', outcome: 'Done', failed: false, ms: 12, costs: '0.000003' },
      { purpose: 'To write the answer', outcome: 'Done', failed: false, ms: 800, costs: '0.00124' },
      { purpose: 'To look at the answer a second time', outcome: 'Could not be read', failed: true, costs: '0.0004' },
      { purpose: 'dream', outcome: 'forgotten', failed: true, costs: '0.00' },
    ],
    costs: '0.001643',
    checks: [
      { words: 'Its quotes stand in the passages', held: true },
      { words: 'Addresses, numbers, commands and names are those of the passages', held: false },
      { words: 'humour', held: true },
    ],
    dropped: 1,
    confidence: {
      value: 0.931,
      signals: [
        { name: 'borneOut', value: 0.9 },
        { name: 'sure', value: 0.8 },
      ],
    },
    prompts: ['answer@1a2b3c4d', 'check@5e6f7a8b'],
  });
  expect(steps.find(({ kind }) => kind === 'decision')).toMatchObject({ written: sentences, unreadPictures: 0 });
});

test('a decision without a model has no such step, nor has one whose trace is of another make', () => {
  const kinds = [
    judged(0.9, { kind: 'answer' }),
    withModel(judged(0.9, { kind: 'answer' }), { model: 7 as never }),
  ].map((decision) => {
    const turns = [botTurn({ id: '1', recordedAt: at(0), decision })];
    return tellRounds(sourcesOf(trailOf({ turns })))[0]?.steps.map(({ kind }) => kind);
  });
  expect(kinds).toEqual([
    ['search', 'confidence', 'decision'],
    ['search', 'confidence', 'decision'],
  ]);
});

test('pictures that nobody has read are told with the decision', () => {
  const decision = judged(0.9, { kind: 'answer' });
  const grounds = { ...decision.grounds, unreadPictures: 2 };
  const turns = [botTurn({ id: '1', recordedAt: at(0), decision: { ...decision, grounds } })];
  const [round] = tellRounds(sourcesOf(trailOf({ turns })));
  expect(round?.steps.at(-1)).toMatchObject({ kind: 'decision', unreadPictures: 2, written: null });
});

function chatCall(part: Partial<ModelCall> & { at: string }, asked: string): ModelCall {
  const data = `<question>\n${asked}\n</question>\n<passage id="P1" title="VPN">\n&lt;b&gt;\n</passage>`;
  return {
    number: 1,
    kind: 'chat',
    path: '/v1/chat/completions',
    purpose: 'firstline_answer',
    model: 'gpt-of-tests',
    ms: 30,
    status: 200,
    inputTokens: 1,
    cachedTokens: 0,
    outputTokens: 1,
    images: 0,
    texts: 0,
    streamed: false,
    mode: 'good',
    fault: null,
    finish: 'stop',
    request: {
      messages: [
        { role: 'system', content: 'Answer.' },
        { role: 'user', content: [{ type: 'text', text: data }] },
      ],
    },
    answer: '{"outcome":"answer"}',
    ...part,
  };
}

test('the requests to a model stand with the job that made them, by what was asked, with the prompt', () => {
  const vector: Partial<ModelCall> = { kind: 'embeddings', path: '/v1/embeddings', purpose: null, finish: null };
  const embed = { ...vector, answer: null, request: { input: ['my vpn keeps [name] dropping'] } };
  const sources = sourcesOf(answeredTrail, {
    modelCalls: [
      chatCall({ at: at(20), ...embed }, ''),
      chatCall({ at: at(21), ...embed, request: { input: ['the quarterly report of another department'] } }, ''),
      chatCall({ at: at(40), status: 503, finish: null, answer: null }, 'my vpn keeps droping'),
      chatCall({ at: at(60) }, 'my vpn keeps dropping'),
      chatCall({ at: at(61) }, 'how do I book a meeting room'),
      chatCall({ at: at(90), purpose: 'firstline_check', finish: 'length' }, 'my vpn keeps dropping'),
      chatCall({ at: at(900) }, 'my vpn keeps dropping'),
    ],
  });
  const requests = tellRounds(sources)[0]?.steps.filter(({ kind }) => kind === 'request');
  expect(requests).toMatchObject([
    { purpose: 'Turn the question into a vector', what: 'POST /v1/embeddings', failed: false, talk: { said: null } },
    { purpose: 'Write the answer', status: 503, failed: true, againAfterMs: 20 },
    { purpose: 'Write the answer', status: 200, failed: false },
    { purpose: 'Look at the answer a second time', error: 'length' },
  ]);
  expect(requests?.every((step) => Object(step).jobId === 'j1' && Object(step).system === 'openai')).toBe(true);
  expect(requests?.[2]).toMatchObject({
    talk: {
      told: [
        { label: 'Instructions', text: 'Answer.' },
        { label: 'Data', text: expect.stringContaining('&lt;b&gt;') },
      ],
      said: '{"outcome":"answer"}',
    },
  });
});

const verdicts: readonly (readonly [TrailDecision, string])[] = [
  [
    judged(0.956, { kind: 'suggest' }),
    'Offered links: confidence 95.6 % is below the 95.7 % that an answer needs, and above the 54 % for links.',
  ],
  [
    judged(0.97, { kind: 'suggest' }),
    'Offered links: confidence 97 % is enough to answer, but there were no lines to quote.',
  ],
  [
    judged(0.31, { kind: 'escalate', reason: 'unsure' }),
    'Handed over: confidence 31 % is below the 54 % that even a link needs.',
  ],
  [
    judged(0.8, { kind: 'escalate', reason: 'unsure' }),
    'Handed over: what fits best has been shown before, and did not help.',
  ],
  [
    unsearched({ kind: 'escalate', reason: 'unsure' }),
    'Handed over: twice nothing was asked that could be searched for.',
  ],
  [unsearched({ kind: 'escalate', reason: 'asked-for-a-person' }), 'Handed over: a person was asked for.'],
  [unsearched({ kind: 'escalate', reason: 'of-tomorrow' }), 'Handed over: of-tomorrow.'],
  [
    unsearched({ kind: 'ask', about: 'nothing-asked' }),
    'Asked back: the message holds nothing that could be searched for.',
  ],
  [answeredInItsWords, 'Answered in words of the model that passed the checks, 93 % sure that they are right.'],
  [
    withModel(judged(0.9934, { kind: 'answer', quote: 'Quit.' }), steppedDown),
    'Answered: confidence 99 % is above the 96 % that an answer needs. Without the model: what it wrote did not pass the checks.',
  ],
  [
    withModel(judged(0.9, { kind: 'answer', written: { sentences } }), { confidence: { value: 0.9999, signals: {} } }),
    'Answered in words of the model that passed the checks, more than 99 % sure that they are right.',
  ],
  [
    unsearched({ kind: 'ask', about: 'more', question: 'Which printer is it?' }),
    'Asked back, in words of the model: “Which printer is it?”',
  ],
  [
    unsearched({ kind: 'ask', about: 'only-pictures' }),
    'Asked back: the message is a picture, and nobody could read it.',
  ],
  [unsearched({ kind: 'ask', about: 'stopped' }), 'Asked back: the person pressed Stop, and may want something else.'],
  [
    withModel(judged(0.5, { kind: 'escalate', reason: 'needs-a-person' }), { outcome: 'needs-person' }),
    'Handed over: the model found that it takes somebody in IT.',
  ],
  [unsearched({ kind: 'silent', reason: 'acknowledged' }), 'Said nothing: a thank-you needs no answer.'],
  [unsearched({ kind: 'report', news: 'ticket-open' }), 'Told the thread that the ticket is open.'],
  [unsearched({ kind: 'dance' }), 'Decided: dance.'],
  [
    unsearched({ kind: 'offer-follow', incident: { key: 'IT-42', people: 4 } }),
    'Offered to follow IT-42: 4 people have asked about something like this.',
  ],
  [
    unsearched({ kind: 'follow', incident: { key: 'IT-42', people: 4 } }),
    'Follows IT-42 from now on: what is new there is told here.',
  ],
  [unsearched({ kind: 'reopen' }), 'Opens the ticket again: it is not solved after all.'],
  [unsearched({ kind: 'close' }), 'Closed the ticket: the person agrees that it is solved, and is asked for a rating.'],
  [
    unsearched({ kind: 'silent', reason: 'noted' }),
    'Said nothing: what was sent is kept and told to IT, and needs no answer.',
  ],
  [
    unsearched({ kind: 'report', news: 'resolved' }),
    'Told the thread that IT says it is solved, and asked whether it is.',
  ],
  [unsearched({ kind: 'report', news: 'of-tomorrow' }), 'Told the thread what became of the ticket.'],
  [
    unsearched({ kind: 'triage', card: { takenBy: 'Ben Ito', mutedBy: null } }),
    'Showed the request to IT staff in the triage channel, taken by Ben Ito.',
  ],
  [
    unsearched({ kind: 'lesson', lesson: { state: 'proposed', by: null } }),
    'Proposed to IT staff what to learn from the ticket.',
  ],
  [
    unsearched({ kind: 'lesson', lesson: { state: 'approved', by: 'Ben Ito' } }),
    'Learns from the ticket: Ben Ito has approved the question and its answer.',
  ],
];

test.each(verdicts)('a verdict is one sentence: %#', (decision, sentence) => {
  expect(verdictOf(decision)).toBe(sentence);
});

describe('asked over the page', () => {
  const company = loadCompany();
  const [mia, ben] = company.people;
  let slack: SlackSandbox;
  let jira: JiraSandbox;
  let program: StandIn;
  let page: Page;
  let url: string | null;

  beforeAll(async () => {
    const channels = company.channels.map((channel) => ({ ...channel, isPrivate: channel.private }));
    slack = await startSlack({ people: company.people, channels, company: company.name });
    jira = await startJira({ people: company.people });
    program = await startStandIn();
    slack.connectApp(`${program.url}/slack/events`);
    url = program.url;
    const bot = { state: () => 'up' as const, on: () => () => undefined, kill() {}, restart() {}, kills: () => 0 };
    const operator = createOperator({ url: () => url, token: operatorToken });
    page = await startPage({ port: 0, slack, jira, company, bot, operator });
  });

  afterAll(async () => {
    await page.close();
    await Promise.all([slack.close(), jira.close(), program.close()]);
  });

  async function story(as: string, channel: string, ts: string): Promise<{ status: number; body: Story }> {
    const response = await fetch(`${page.url}/api/story?${new URLSearchParams({ as, channel, ts }).toString()}`);
    return { status: response.status, body: (await response.json()) as Story };
  }

  async function delivered(ts: string): Promise<string> {
    const giveUpAt = Date.now() + 10_000;
    for (;;) {
      const found = slack.deliveries.find(({ about }) => about?.ts === ts);
      if (found !== undefined) return found.id;
      if (Date.now() > giveUpAt) throw new Error('the event was not delivered');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  test('the person of a direct message is told its story; nobody else is', async () => {
    const channel = slack.dm(mia!.slackId);
    const ts = await slack.say({ as: mia!.slackId, channel, text: 'my vpn keeps droping' });
    const eventId = await delivered(ts);
    const recordedAt = new Date().toISOString();
    const described = [{ name: 'shot.png', ref: 'F1', mimeType: 'image/png', bytes: 4 }] as unknown as string[];
    const said = { ...saidTurn({ id: '1', recordedAt, ts, files: described }), messageId: `T1/${channel}/${ts}` };
    program.trails.set(
      ts,
      trailOf({ turns: [said], events: [{ id: `slack/${eventId}`, receivedAt: recordedAt, turnId: '1' }] }),
    );
    const { status, body } = await story(mia!.slackId, channel, ts);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'told',
      message: { author: mia!.name, text: 'my vpn keeps droping', ts },
      current: 0,
      rounds: [
        {
          said: [{ author: mia!.name, files: ['shot.png'] }],
          steps: [{ kind: 'event', id: eventId, attempts: [{ status: 200 }] }],
        },
      ],
    });
    expect((await story(ben!.slackId, channel, ts)).status).toBe(404);
    expect((await story('UNOBODY', channel, ts)).status).toBe(404);
    expect((await story(mia!.slackId, channel, '1.000001')).status).toBe(404);
    expect((await fetch(`${page.url}/api/story?as=${mia!.slackId}`)).status).toBe(400);
  });

  test('talk of which nothing is kept is told as such, with what Slack told of it', async () => {
    const general = company.channels.find(({ name }) => name === 'it-help')!.id;
    const ts = await slack.say({ as: mia!.slackId, channel: general, text: 'cake in the kitchen' });
    await delivered(ts);
    const { body } = await story(ben!.slackId, general, ts);
    expect(body).toMatchObject({
      state: 'not-stored',
      rounds: [],
      why: expect.stringContaining('kept nothing'),
      events: [{ type: 'message', storedAt: null, attempts: [{ attempt: 1, status: 200 }] }],
    });
  });

  test('while the program is down the story is unavailable', async () => {
    const channel = slack.dm(mia!.slackId);
    const ts = await slack.say({ as: mia!.slackId, channel, text: 'hello' });
    url = null;
    expect((await story(mia!.slackId, channel, ts)).body).toMatchObject({ state: 'unavailable', rounds: [] });
    url = 'http://127.0.0.1:1';
    expect((await story(mia!.slackId, channel, ts)).body).toMatchObject({ state: 'unavailable', rounds: [] });
    url = program.url;
    expect((await story(mia!.slackId, channel, ts)).body).toMatchObject({ state: 'not-stored' });
  });

  test('the operator’s side is asked with its token, and gives null where it is refused', async () => {
    const operator = createOperator({ url: () => url, token: operatorToken });
    expect(await operator.syncs()).toEqual([syncRun]);
    expect(await operator.coverage()).toEqual([coverage]);
    expect(await operator.syncNow()).toEqual(['handbook']);
    expect(await operator.syncNow('handbook')).toEqual(['handbook']);
    expect(program.asked.slice(-4)).toEqual([
      'GET /operator/syncs',
      'GET /operator/coverage',
      'POST /operator/sync',
      'POST /operator/sync',
    ]);
    const stranger = createOperator({ url: () => url, token: 'wrong' });
    expect([await stranger.syncs(), await stranger.syncNow(), await stranger.why('x')]).toEqual([null, null, null]);
    expect(await stranger.coverage()).toBeNull();
  });
});
