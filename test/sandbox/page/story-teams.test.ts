import { eventsOf } from '../../../sandbox/page/story-events.ts';
import { requestsOf } from '../../../sandbox/page/story-requests.ts';
import { stampsOf } from '../../../sandbox/page/story-rounds.ts';
import { sentAgain, storyDeliveries } from '../../../sandbox/page/teams-deliveries.ts';
import { tsOfTeams } from '../../../sandbox/page/teams-ids.ts';
import type { TeamsRecordedCall, TeamsRecordedDelivery } from '../../../sandbox/teams/contract.ts';
import { at, botTurn, jobOf, saidTurn, trailOf, unsearched } from '../stand-in-operator.ts';

const chat = 'a:1';
const channel = '19:c@thread.tacv2';
const said = '1700000011000';
const text = '1700000012000';
const card = '1700000013000';

function trailIn(where: string) {
  const place = encodeURIComponent(where);
  const asked = { ...saidTurn({ id: '1', recordedAt: at(10), ts: '' }), messageId: `teams/t/${place}/${said}` };
  const posted = botTurn({ id: '2', recordedAt: at(100), decision: unsearched({ kind: 'ask' }) });
  return trailOf({
    turns: [asked, { ...posted, postRef: `teams/${place}/${text}+${card}/2` }],
    events: [
      { id: `teams/t/${place}/${said}`, receivedAt: at(10), turnId: '1' },
      { id: `teams/t/${place}/${said}/editMessage/2026-01-01T00:00:01.000Z`, receivedAt: at(20), turnId: '1' },
      { id: `teams/t/${place}/action/f:1`, receivedAt: at(30), turnId: null },
    ],
    jobs: [
      jobOf({ id: 'j1', name: 'answer', sentAt: at(10), startedAt: at(15), endedAt: at(100) }),
      jobOf({ id: 'j2', name: 'deliver', sentAt: at(100), startedAt: at(110), endedAt: at(200), turnIds: ['2'] }),
    ],
  });
}

test('a turn is known by all its messages', () => {
  expect(trailIn(chat).turns.map(stampsOf)).toEqual([[tsOfTeams(said)], [tsOfTeams(text), tsOfTeams(card)]]);
});

function call(ms: number, part: Partial<TeamsRecordedCall>): TeamsRecordedCall {
  const path = `/emea/v3/conversations/${chat}/activities`;
  const body = { type: 'message', text: 'Restart it.' };
  return { at: Date.parse(at(ms)), method: 'POST', path, body, status: 201, answer: { id: text }, ...part };
}

function purposes(calls: readonly TeamsRecordedCall[], where = chat): unknown[][] {
  const records = {
    slackCalls: [],
    jiraCalls: [],
    teamsCalls: calls,
    channel: where,
    threadTs: new Set([tsOfTeams(said)]),
    requesterEmail: null,
  };
  return requestsOf(trailIn(where), records).map(({ purpose, job, error }) => [purpose, job?.id ?? null, error]);
}

test('calls are of this conversation by the messages they make and name, or by the job at work', () => {
  const refusal = { error: { code: 'BotNotInConversationRoster', message: 'no' } };
  const members = `/emea/v3/conversations/${chat}/members/29:1`;
  expect(
    purposes([
      call(20, { body: { type: 'typing' }, status: 202, answer: {} }),
      call(30, { method: 'GET', path: members, body: null, status: 200, answer: {} }),
      call(120, { status: 403, answer: refusal }),
      call(130, {}),
      call(140, { body: { type: 'message', attachments: [{ content: { turn: '2' } }] }, answer: { id: 'x' } }),
      call(150, { method: 'PUT', path: `/emea/v3/conversations/${chat}/activities/${card}`, status: 200, answer: {} }),
      // another conversation's
      call(160, { answer: { id: '1700000099000' } }),
      call(900, { body: { type: 'typing' }, status: 202, answer: {} }),
      call(910, { path: `/emea/v3/conversations/a:2/activities` }),
      call(920, { path: '/t/oauth2/v2.0/token', body: null, answer: null }),
    ]),
  ).toEqual([
    ['Show that it is typing', 'j1', null],
    ['Ask who the person is', 'j1', null],
    ['Post in the conversation', 'j2', 'BotNotInConversationRoster'],
    ['Post in the conversation', 'j2', null],
    ['Post in the conversation', 'j2', null],
    ['Change an earlier post', 'j2', null],
  ]);
});

test('in a channel a call names its thread', () => {
  const inThread = (root: string) => `/emea/v3/conversations/${channel};messageid=${root}/activities`;
  const answer = { id: 'x' };
  expect(
    purposes([call(120, { path: inThread(said), answer }), call(130, { path: inThread('17'), answer })], channel),
  ).toEqual([['Post in the conversation', 'j2', null]]);
});

function delivery(part: Partial<TeamsRecordedDelivery> & { id: string; type: string }): TeamsRecordedDelivery {
  const { activity = {}, ...rest } = part;
  const conversation = { id: part.id === said ? chat : `${chat};messageid=${said}` };
  return {
    at: Date.parse(at(0)),
    attempt: 1,
    status: 200,
    tookMs: 3,
    ...rest,
    activity: { conversation, ...activity },
  };
}

test('what Teams told is matched with what was stored, each time it was sent, in words', () => {
  const edit = { channelData: { eventType: 'editMessage' }, timestamp: '2026-01-01T00:00:01.000Z' };
  const deliveries = [
    delivery({ id: said, type: 'message', status: null }),
    delivery({ id: said, type: 'message', attempt: 2 }),
    delivery({ id: said, type: 'messageUpdate', activity: edit }),
    delivery({ id: 'f:1', type: 'invoke', activity: { name: 'adaptiveCard/action', replyToId: card } }),
    delivery({ id: 'f:2', type: 'conversationUpdate' }),
  ];
  expect(sentAgain(deliveries)).toBe(1);
  const found = eventsOf(trailIn(chat), storyDeliveries(deliveries), chat);
  expect(found.map(({ step }) => [step.id, step.title, step.attempts.length])).toEqual([
    [said, 'Teams tells Firstline of the message', 2],
    [`${said}/editMessage/2026-01-01T00:00:01.000Z`, 'Teams tells Firstline that the message was edited', 1],
    ['action/f:1', 'Teams tells Firstline of the press', 1],
  ]);
});
