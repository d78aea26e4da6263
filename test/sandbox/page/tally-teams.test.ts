import type { PageLedger, PageMessage } from '../../../sandbox/page/parts.ts';
import { type Tally, type TallyIssue, tallyOf } from '../../../sandbox/page/tally.ts';
import { teamsIdOf, teamsLink } from '../../../sandbox/page/teams-ids.ts';
import { aiLabel, cardOf } from './teams-desk.ts';

const botUserId = '28:app';
const jiraUrl = 'http://127.0.0.1:4002';
const personal = 'a:1';
const group = '19:g@thread.v2';
const channel = '19:c@thread.tacv2';
const nothing = { text: '', textFormat: 'markdown', attachments: [], entities: [], feedback: false, files: [] };
const mention = { type: 'mention', mentioned: { id: botUserId } };

const tsAt = (second: number) => `1700000${second}.000000`;

function said(second: number, { thread, mentions = false }: { thread?: number; mentions?: boolean } = {}): PageMessage {
  const teams = { ...nothing, entities: mentions ? [mention] : [] };
  const below = thread === undefined ? {} : { thread_ts: tsAt(thread) };
  return { ts: tsAt(second), user: 'U1', text: 'my vpn', ...below, teams };
}

function posted(second: number, content: Partial<PageMessage['teams']>, thread?: number): PageMessage {
  const below = thread === undefined ? {} : { thread_ts: tsAt(thread) };
  return {
    ts: tsAt(second),
    user: botUserId,
    bot_id: botUserId,
    text: '',
    ...below,
    teams: { ...nothing, ...content },
  };
}

const answer = { text: 'Restart it. [1]', entities: [aiLabel] };
const buttons = (turn: string) => ({ attachments: [cardOf('Did it help?', turn)] });
const taken = { text: 'Your request is noted.' };
const key = { attachments: [cardOf(`[IT-31](${jiraUrl}/browse/IT-31)`, '9')] };
const asks = { mentions: true };

interface Chats {
  readonly dm?: readonly PageMessage[];
  readonly group?: readonly PageMessage[];
  readonly channel?: readonly PageMessage[];
  readonly givenUp?: PageLedger['givenUp'];
  readonly issues?: readonly TallyIssue[];
}

function linkedTo(chat: string, second: number, root = second): TallyIssue {
  const at = { chat, id: teamsIdOf(tsAt(second)), root: teamsIdOf(tsAt(root)) };
  const url = teamsLink({ url: 'http://127.0.0.1:4007', tenantId: 't' }, at);
  return {
    labels: [],
    properties: { firstline: { conversation: 'c1' } },
    remoteLinks: [{ object: { url } }],
    comments: [],
  };
}

const lost = (chat: string, second: number) => ({ channel: chat, ts: tsAt(second) });

const cases: readonly (readonly [string, Chats, Partial<Tally>])[] = [
  ['nothing was asked', {}, {}],
  ['an answer', { dm: [said(100), posted(101, answer), posted(102, buttons('1'))] }, { asked: 1, answered: 1 }],
  ['an answer whose buttons are used up', { dm: [said(100), posted(101, answer)] }, { asked: 1, answered: 1 }],
  ['nothing said yet', { dm: [said(100)] }, { asked: 1, waiting: 1 }],
  ['only taken: the ticket is still to come', { dm: [said(100), posted(101, taken)] }, { asked: 1, waiting: 1 }],
  ['the key in the chat', { dm: [said(100), posted(101, key)] }, { asked: 1, handedOver: 1 }],
  [
    "the ticket's link to the chat",
    { dm: [said(100), posted(101, taken)], issues: [linkedTo(personal, 100)] },
    { asked: 1, handedOver: 1, tickets: 1 },
  ],
  ['of several in a row the last stands for all', { dm: [said(100), said(101), said(102)] }, { asked: 1, waiting: 1 }],
  [
    'a second question after the first was answered',
    { dm: [said(100), posted(101, answer), said(102), posted(103, answer)] },
    { asked: 2, answered: 2 },
  ],
  [
    'what is added to a request that was handed over is no question',
    { dm: [said(100), posted(101, key), said(102)] },
    { asked: 1, handedOver: 1 },
  ],
  [
    'what was lost is counted, whatever came after it',
    { dm: [said(100), said(101), posted(102, answer)], givenUp: [lost(personal, 100)] },
    { asked: 2, answered: 1, lost: 1 },
  ],
  [
    'in a group only what mentions the bot is asked',
    { group: [said(100), said(101, asks), posted(102, answer), said(103)] },
    { asked: 1, answered: 1 },
  ],
  [
    'in a channel first messages with a mention, by their threads',
    {
      channel: [
        said(100, asks),
        said(101),
        posted(102, answer, 100),
        said(103, { thread: 100, mentions: true }),
        said(104, asks),
      ],
    },
    { asked: 2, answered: 1, waiting: 1 },
  ],
  [
    'a link to a thread in a channel by way of a reply',
    { channel: [said(100, asks), posted(101, taken, 100)], issues: [linkedTo(channel, 101, 100)] },
    { asked: 1, handedOver: 1, tickets: 1 },
  ],
  [
    'a reply that was lost',
    {
      channel: [said(100, asks), posted(101, answer, 100), said(102, { thread: 100 })],
      givenUp: [lost(channel, 102)],
    },
    { asked: 1, answered: 1, lost: 1 },
  ],
  [
    'a card that stands there twice; its text and itself are one',
    { dm: [said(100), posted(101, answer), posted(102, buttons('1')), posted(103, answer), posted(104, buttons('1'))] },
    { asked: 1, answered: 1, doubled: 1 },
  ],
];

const none = { asked: 0, answered: 0, handedOver: 0, waiting: 0, lost: 0, doubled: 0, tickets: 0 };

test.each(cases)('%s', (_, { dm = [], group: inGroup = [], channel: inChannel = [], ...of }, expected) => {
  const channels = [
    { id: personal, isDirect: true, messages: dm },
    { id: group, isDirect: false, messages: inGroup },
    { id: channel, isDirect: false, messages: inChannel },
  ];
  const tally = tallyOf({
    botUserId: 'UBOT',
    slack: { channels: [], sentAgain: 4, givenUp: [] },
    teams: { botUserId, ledger: { channels, sentAgain: 3, givenUp: of.givenUp ?? [] } },
    jira: { url: jiraUrl, issues: of.issues ?? [] },
    killed: 2,
  });
  expect(tally).toEqual({ ...none, sentAgain: 7, killed: 2, ...expected });
});
