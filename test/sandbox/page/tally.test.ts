import type { PageLedger, PageMessage } from '../../../sandbox/page/parts.ts';
import { type Tally, type TallyIssue, type TallyInput, tallyOf } from '../../../sandbox/page/tally.ts';

const jiraUrl = 'http://127.0.0.1:4002';
const slackUrl = 'http://127.0.0.1:4001';

function ask(ts: string, text = 'my vpn keeps droping', more: Partial<PageMessage> = {}): PageMessage {
  return { ts, user: 'U1', text, ...more };
}

interface Post {
  readonly ts: string;
  readonly thread: string;
  readonly turn: string;
  readonly blocks: readonly unknown[];
}

function post({ ts, thread, turn, blocks }: Post): PageMessage {
  const metadata = { event_type: 'firstline_turn', event_payload: { turn_id: turn } };
  return { ts, thread_ts: thread, user: 'UBOT', bot_id: 'B1', text: 'Try this', blocks, metadata };
}

const quote = [{ type: 'markdown', text: 'Restart it.' }];
const buttons = [{ type: 'actions', elements: [] }];
const solved = [{ type: 'section', text: { type: 'mrkdwn', text: 'From <https://wiki.example/vpn|VPN>' } }];
const taken = [{ type: 'section', text: { type: 'mrkdwn', text: 'Your request is taken.' } }];
const key = [{ type: 'section', text: { type: 'mrkdwn', text: `Handed over: <${jiraUrl}/browse/IT-31|IT-31>` } }];

function issue(conversation: string, more: Partial<TallyIssue> = {}): TallyIssue {
  return { labels: ['vpn'], properties: { firstline: { conversation } }, remoteLinks: [], comments: [], ...more };
}

function linkTo(channel: string, ts: string) {
  return { object: { url: `${slackUrl}/archives/${channel}/p${ts.replace('.', '')}` } };
}

interface Record {
  readonly dm?: readonly PageMessage[];
  readonly channel?: readonly PageMessage[];
  readonly givenUp?: PageLedger['givenUp'];
  readonly issues?: readonly TallyIssue[];
}

function input({ dm = [], channel = [], givenUp = [], issues = [] }: Record): TallyInput {
  const channels = [
    { id: 'D1', isDirect: true, messages: dm },
    { id: 'C1', isDirect: false, messages: channel },
  ];
  return { botUserId: 'UBOT', slack: { channels, sentAgain: 4, givenUp }, jira: { url: jiraUrl, issues }, killed: 2 };
}

const nothing: Tally = {
  asked: 0,
  answered: 0,
  handedOver: 0,
  waiting: 0,
  lost: 0,
  doubled: 0,
  tickets: 0,
  sentAgain: 4,
  killed: 2,
};

const answer = post({ ts: '101.000000', thread: '100.000000', turn: 't1', blocks: quote });
const question = ask('100.000000');

const cases: readonly (readonly [string, Record, Partial<Tally>])[] = [
  ['nothing was asked', {}, {}],
  ['an answer with a quote', { dm: [question, answer] }, { asked: 1, answered: 1 }],
  ['links that may help, with buttons', { dm: [question, { ...answer, blocks: buttons }] }, { asked: 1, answered: 1 }],
  ['an answer that was marked as solved', { dm: [question, { ...answer, blocks: solved }] }, { asked: 1, answered: 1 }],
  ['nothing said yet', { dm: [question] }, { asked: 1, waiting: 1 }],
  [
    'a request that is only taken still waits',
    { dm: [question, { ...answer, blocks: taken }] },
    { asked: 1, waiting: 1 },
  ],
  [
    "the ticket's key in the thread, before the ticket has its link",
    { dm: [question, { ...answer, blocks: key }], issues: [issue('c1')] },
    { asked: 1, handedOver: 1, tickets: 1 },
  ],
  [
    "the ticket's link to the thread, before its key is there",
    { dm: [question, answer], issues: [issue('c1', { remoteLinks: [linkTo('D1', question.ts)] })] },
    { asked: 1, handedOver: 1, tickets: 1 },
  ],
  [
    'a link to the first message by way of a reply',
    {
      dm: [question],
      issues: [
        issue('c1', {
          remoteLinks: [{ object: { url: `${slackUrl}/archives/D1/p101000000?thread_ts=100.000000&cid=D1` } }],
        }),
      ],
    },
    { asked: 1, handedOver: 1, tickets: 1 },
  ],
  [
    'a mention in a channel is a question, and talk is not',
    {
      channel: [
        ask('100.000000', 'cake in the kitchen'),
        ask('101.000000', '<@UBOT> my vpn'),
        ask('102.000000', '<@UBOT|Firstline> my vpn'),
        ask('103.000000', 'ask <@U2>'),
      ],
    },
    { asked: 2, waiting: 2 },
  ],
  [
    'replies, joins, deleted messages and other apps are no questions; a file with words is',
    {
      dm: [
        question,
        ask('101.000000', 'and now?', { thread_ts: '100.000000' }),
        ask('102.000000', 'joined', { subtype: 'channel_join' }),
        ask('103.000000', 'This message was deleted.', { subtype: 'tombstone' }),
        ask('104.000000', 'look', { subtype: 'file_share' }),
        { ts: '105.000000', bot_id: 'B9', text: 'I am another app' },
      ],
    },
    { asked: 2, waiting: 2 },
  ],
  ['issues that are not ours', { issues: [{ ...issue(''), properties: {}, labels: ['vpn'] }] }, {}],
  [
    'an issue known by its label alone',
    { issues: [{ ...issue(''), properties: {}, labels: ['firstline', 'firstline-c1'] }] },
    { tickets: 1 },
  ],

  [
    'lost: given up, and nothing said',
    { dm: [question], givenUp: [{ channel: 'D1', ts: question.ts }] },
    { asked: 1, lost: 1 },
  ],
  [
    'given up in another channel at the same moment',
    { dm: [question], givenUp: [{ channel: 'C1', ts: question.ts }] },
    { asked: 1, waiting: 1 },
  ],
  [
    'given up twice, as a message and as a mention, is lost once',
    {
      channel: [ask('100.000000', '<@UBOT> hi')],
      givenUp: [
        { channel: 'C1', ts: '100.000000' },
        { channel: 'C1', ts: '100.000000' },
      ],
    },
    { asked: 1, lost: 1 },
  ],
  [
    'given up, but another copy came through',
    { dm: [question, answer], givenUp: [{ channel: 'D1', ts: question.ts }] },
    { asked: 1, answered: 1 },
  ],
  [
    'lost: a reply after which nothing was said',
    {
      dm: [question, answer, ask('102.000000', 'no', { thread_ts: '100.000000' })],
      givenUp: [{ channel: 'D1', ts: '102.000000' }],
    },
    { asked: 1, answered: 1, lost: 1 },
  ],

  [
    'doubled: two posts of one turn',
    { dm: [question, answer, { ...answer, ts: '102.000000' }] },
    { asked: 1, answered: 1, doubled: 1 },
  ],
  [
    'two posts of two turns',
    { dm: [question, answer, post({ ts: '102.000000', thread: '100.000000', turn: 't2', blocks: quote })] },
    { asked: 1, answered: 1 },
  ],
  [
    'doubled: three issues of one conversation are two too many',
    { issues: [issue('c1'), issue('c1'), issue('c1'), issue('c2')] },
    { tickets: 4, doubled: 2 },
  ],
  [
    'doubled: two links to the same thread',
    { dm: [question], issues: [issue('c1', { remoteLinks: [linkTo('D1', question.ts), linkTo('D1', question.ts)] })] },
    { asked: 1, handedOver: 1, tickets: 1, doubled: 1 },
  ],
  [
    'doubled: two comments of one message; comments of people are their own',
    {
      issues: [
        issue('c1', {
          comments: [
            { properties: { firstline: { id: 't1' } } },
            { properties: { firstline: { id: 't1' } } },
            { properties: {} },
            { properties: {} },
          ],
        }),
      ],
    },
    { tickets: 1, doubled: 1 },
  ],
];

test.each(cases)('%s', (_, record, expected) => {
  expect(tallyOf(input(record))).toEqual({ ...nothing, ...expected });
});

test('every question of a long record is counted once', () => {
  const dm = Array.from({ length: 5000 }, (_, index) => {
    const ts = `${1000 + index}.000000`;
    const reply = { ts: `${1000 + index}.500000`, thread: ts, turn: `t${index}`, blocks: quote };
    return [ask(ts), post(reply)];
  }).flat();
  const issues = Array.from({ length: 200 }, (_, index) =>
    issue(`c${index}`, { remoteLinks: [linkTo('D1', `${1000 + index}.000000`)] }),
  );
  expect(tallyOf(input({ dm, issues }))).toEqual({
    ...nothing,
    asked: 5000,
    answered: 4800,
    handedOver: 200,
    tickets: 200,
  });
});
