import type { Json, Shown } from '../../../sandbox/teams/contract.ts';
import type { TeamsSandbox } from '../../../sandbox/teams/index.ts';
import { activitiesOf, ana, type App, bob, cardOf, connectorOf, startAcme, startApp, until } from './acme.ts';

let app: App;
let teams: TeamsSandbox;
let call: Awaited<ReturnType<typeof connectorOf>>;
let help: string;
let root: string;
let cardId: string;
beforeEach(async () => {
  app = await startApp();
  teams = await startAcme();
  teams.connectApp(app.url);
  call = await connectorOf(teams);
  help = teams.chatOf('C0HELP');
  root = await teams.say({ as: ana, chat: help, text: '@Firstline VPN?' });
  cardId = await send(cardOf());
});
afterEach(async () => {
  await teams.close();
  await app.close();
});

async function send(activity: Json): Promise<string> {
  const { json } = await call('POST', activitiesOf(`${help};messageid=${root}`), activity);
  return String(json['id']);
}

const execute: Json = { type: 'Action.Execute', title: 'Solved', verb: 'solved', data: { turn: '7' } };
const fetchTask: Json = { type: 'Action.Submit', data: { msteams: { type: 'task/fetch' }, turn: '7' } };
const card: Json = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Solved' }] };
const press = (action: Json, inputs?: Record<string, string>) =>
  teams.press({ as: bob, chat: help, id: cardId, action, ...(inputs === undefined ? {} : { inputs }) });

function answers(body: unknown, status = 200): void {
  app.answer = ({ type }) => (type === 'invoke' ? { status, body } : {});
}

const theCard = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
const aMessage = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Only Ana can.' };

test('a Universal Action is an invoke, and its card is for who pressed, until the message is updated', async () => {
  answers(theCard);
  expect(await press(execute, { rating: '5' })).toEqual({ kind: 'card' });
  expect(app.of('invoke')).toMatchObject([
    {
      name: 'adaptiveCard/action',
      replyToId: cardId,
      from: { id: teams.userIdOf(bob), aadObjectId: teams.aadIdOf(bob) },
      conversation: { id: `${help};messageid=${root}`, conversationType: 'channel' },
      channelData: { channel: { id: help } },
      value: {
        action: { type: 'Action.Execute', verb: 'solved', data: { turn: '7', rating: '5' } },
        trigger: 'manual',
      },
    },
  ]);
  expect(teams.message(help, cardId)?.cardsFor).toEqual({ [bob]: card });
  expect(teams.deliveries.at(-1)).toMatchObject({ type: 'invoke', status: 200, attempt: 1 });
  await call('PUT', activitiesOf(help, cardId), cardOf());
  expect(teams.message(help, cardId)).not.toHaveProperty('cardsFor');
});

test.each<[string, unknown, number, Shown]>([
  ['a line', aMessage, 200, { kind: 'message', text: 'Only Ana can.' }],
  [
    'an error in its answer',
    { statusCode: 400, type: 'application/vnd.microsoft.error' },
    200,
    { kind: 'error', status: 400 },
  ],
  ['an error', undefined, 500, { kind: 'error', status: 500 }],
  ['nothing', undefined, 200, { kind: 'error', status: 502 }],
  ['a card that is none', { ...theCard, value: { type: 'Other' } }, 200, { kind: 'error', status: 502 }],
])('a Universal Action answered with %s', async (_name, body, status, shown) => {
  answers(body, status);
  expect(await press(execute)).toEqual(shown);
  expect(teams.message(help, cardId)).not.toHaveProperty('cardsFor');
});

test('an app that is not there, or was removed, is an error', async () => {
  teams.connectApp(null);
  expect(await press(execute)).toEqual({ kind: 'error', status: 504 });
  teams.connectApp(app.url);
  await teams.uninstall({ as: ana, chat: help });
  expect(await press(execute)).toEqual({ kind: 'error', status: 403 });
  expect(await press({ type: 'Action.Submit', data: {} })).toEqual({ kind: 'error', status: 403 });
});

test('Action.Submit is a message with a value, or what its type says', async () => {
  const before = teams.messages(help).length;
  expect(await press({ type: 'Action.Submit', data: { verb: 'x' } }, { note: 'hi' })).toEqual({ kind: 'nothing' });
  const submitted = await until(() => app.of('message').find(({ value }) => value !== undefined));
  expect(submitted).toMatchObject({ value: { verb: 'x', note: 'hi' }, replyToId: cardId });
  expect(submitted).not.toHaveProperty('text');
  expect(teams.messages(help)).toHaveLength(before);

  const imBack = { type: 'Action.Submit', data: { msteams: { type: 'imBack', value: 'my requests' } } };
  expect(await press(imBack)).toEqual({ kind: 'nothing' });
  const said = await until(() => app.of('message').find(({ text }) => text === 'my requests'));
  expect(said).toMatchObject({ conversation: { id: `${help};messageid=${root}` }, replyToId: root });
  expect(teams.messages(help).at(-1)).toMatchObject({ from: bob, threadId: root });
  expect(await press({ type: 'Action.OpenUrl', url: 'https://x.example' })).toEqual({ kind: 'nothing' });
});

const task = {
  task: { type: 'continue', value: { title: 'Details', height: 300, card: { contentType: 'x', content: card } } },
};

test('a dialog is fetched, sent, and gone when it was taken', async () => {
  answers(task);
  const shown = await press(fetchTask);
  expect(app.of('invoke')[0]).toMatchObject({
    name: 'task/fetch',
    value: { data: { msteams: { type: 'task/fetch' }, turn: '7' }, context: { theme: 'default' } },
  });
  const id = shown.kind === 'dialog' ? shown.dialog.id : '';
  expect(shown).toMatchObject({ kind: 'dialog', dialog: { title: 'Details', card, height: 300 } });
  await expect(teams.submit({ as: ana, dialog: id, data: {} })).rejects.toThrow('has no dialog');
  answers(undefined, 500);
  expect(await teams.submit({ as: bob, dialog: id, data: { note: 'x' } })).toEqual({ kind: 'error', status: 500 });
  answers({ task: { type: 'message', value: 'Thanks' } });
  expect(await teams.submit({ as: bob, dialog: id, data: { note: 'x' } })).toEqual({ kind: 'message', text: 'Thanks' });
  expect(app.of('invoke').at(-1)).toMatchObject({ name: 'task/submit', value: { data: { note: 'x' } } });
  await expect(teams.submit({ as: bob, dialog: id, data: {} })).rejects.toThrow('has no dialog');
});

test('a message action brings the message along, and its form knows it', async () => {
  const quoted = await teams.say({ as: ana, chat: help, text: 'Printer @Bob Quill', threadId: root });
  answers(task);
  const shown = await teams.messageAction({ as: bob, chat: help, id: quoted, commandId: 'createTicket' });
  const [asked] = app.of('invoke');
  expect(asked).toMatchObject({
    name: 'composeExtension/fetchTask',
    value: {
      commandId: 'createTicket',
      commandContext: 'message',
      messagePayload: {
        id: quoted,
        replyToId: root,
        from: { user: { id: teams.aadIdOf(ana), displayName: 'Ana Poe' } },
        body: { contentType: 'html', content: expect.stringContaining('Printer') },
        mentions: [{ id: 0, mentionText: 'Bob Quill' }],
      },
    },
  });
  expect(asked).not.toHaveProperty('replyToId');
  const dialog = shown.kind === 'dialog' ? shown.dialog.id : '';
  answers({});
  expect(await teams.submit({ as: bob, dialog, data: { kind: 'hardware' } })).toEqual({ kind: 'nothing' });
  expect(app.of('invoke').at(-1)).toMatchObject({
    name: 'composeExtension/submitAction',
    value: { commandId: 'createTicket', data: { kind: 'hardware' }, messagePayload: { id: quoted } },
  });
});

test('feedback wants an empty object', async () => {
  const id = await send({ type: 'message', text: 'Try [1]', channelData: { feedbackLoop: { type: 'default' } } });
  const give = () => teams.feedback({ as: bob, chat: help, id, reaction: 'dislike', text: 'wrong article' });
  answers({});
  expect(await give()).toEqual({ kind: 'nothing' });
  expect(app.of('invoke')).toMatchObject([
    {
      name: 'message/submitAction',
      replyToId: id,
      value: {
        actionName: 'feedback',
        actionValue: { reaction: 'dislike', feedback: '{"feedbackText":"wrong article"}' },
      },
    },
  ]);
  answers({ ok: true });
  expect(await give()).toEqual({ kind: 'error', status: 400 });
  await expect(teams.feedback({ as: bob, chat: help, id: cardId, reaction: 'like' })).rejects.toThrow('feedback');
});

test('nobody presses in a chat that they are not in', async () => {
  const staff = teams.chatOf('C0STAFF');
  await expect(teams.press({ as: ana, chat: staff, id: '1', action: execute })).rejects.toThrow('is not in a chat');
  await expect(teams.press({ as: bob, chat: help, id: '1', action: execute })).rejects.toThrow('no message');
});
