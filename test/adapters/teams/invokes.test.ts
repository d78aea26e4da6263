import type { Json, Shown } from '../../../sandbox/teams/contract.ts';
import { nothingPressed } from '../../contracts/chat-inbox.ts';
import { ana, ben, openStage, type Stage } from './stage.ts';
import type { Address } from '#domain/conversation.ts';
import type { Form } from '#domain/form.ts';

let stage: Stage;
let chat: string;
let address: Address;
let card: { id: string; actions: readonly Json[] };

beforeEach(async () => {
  stage = await openStage();
  await stage.platform.start();
  const { sandbox, platform } = stage;
  sandbox.connectApp(stage.url);
  chat = sandbox.chatOf('C0HELP001');
  const root = await sandbox.say({ as: ana, chat, text: '@Firstline help' });
  address = { platform: 'teams', ref: `${sandbox.tenantId}/${encodeURIComponent(chat)}/${root}` };
  while (stage.inbox.messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const reply = { parts: [{ kind: 'text', text: 'Did it help?' }], buttons: ['solved'], form: 'get-human' } as const;
  await platform.post(address, { turnId: '7', reply, again: false });
  const posted = sandbox.thread(chat, root).at(-1);
  const content = posted?.attachments[0]?.['content'] as { actions: readonly Json[] };
  card = { id: posted?.id ?? '', actions: content.actions };
});
afterEach(() => stage.close());

const press = (action: Json | undefined, as = ana): Promise<Shown> =>
  stage.sandbox.press({ as, chat, id: card.id, action: action ?? {} });

test('a press is answered with the card as it is from now on, for who pressed', async () => {
  stage.inbox.pressed = {
    ...nothingPressed,
    reply: { parts: [{ kind: 'note', text: 'Solved by Ana.' }], buttons: [] },
  };
  expect(await press(card.actions[0])).toEqual({ kind: 'card' });
  const seen = stage.sandbox.message(chat, card.id)?.cardsFor?.[ana];
  expect(JSON.stringify(seen)).toContain('Solved by Ana.');
  expect(seen).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
  expect(stage.inbox.clicks).toMatchObject([{ action: 'solved', turnId: '7', address, by: 'Ana Silva', values: null }]);
});

test('why a press counts for nothing is told to who pressed', async () => {
  stage.inbox.pressed = { ...nothingPressed, refusal: 'Only Ana can say so.' };
  expect(await press(card.actions[0], ben)).toEqual({ kind: 'message', text: 'Only Ana can say so.' });
});

test('what is done about a press only later is said to have come', async () => {
  expect(await press(card.actions[0])).toEqual({ kind: 'message', text: 'Got it.' });
});

test('a press that could not be stored is a fault, and can be made again', async () => {
  stage.inbox.failOnce();
  expect(await press(card.actions[0])).toEqual({ kind: 'error', status: 500 });
  expect(await press(card.actions[0])).toMatchObject({ kind: 'message' });
  expect(stage.inbox.clicks).toHaveLength(1);
});

test('an old client’s press comes as a message, and counts as well', async () => {
  await press(card.actions[0]?.['fallback'] as Json);
  while (stage.inbox.clicks.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(stage.inbox.clicks).toMatchObject([{ action: 'solved', turnId: '7', address }]);
  expect(stage.inbox.messages).toHaveLength(1);
});

test.each([
  ['another thread', { thread: 'x/y/1' }],
  ['no verb of ours', { verb: 'format' }],
  ['no turn', { turn: 7 }],
])('altered, it is refused politely and stores nothing: %s', async (_, altered) => {
  const action = card.actions[0] ?? {};
  const data = { ...(action['data'] as Json), ...altered };
  expect(await press({ ...action, data })).toEqual({
    kind: 'message',
    text: 'This cannot be used here. Nothing was changed.',
  });
  const openForm = card.actions[1] ?? {};
  expect(await press({ ...openForm, data: { ...(openForm['data'] as Json), ...altered } })).toMatchObject({
    kind: 'message',
  });
  expect(stage.inbox.clicks).toEqual([]);
  expect(stage.inbox.asked).toEqual([]);
});

describe('forms', () => {
  const form: Form = {
    action: 'get-human',
    title: 'Details',
    intro: '',
    fields: [{ name: 'since', label: 'Since', hint: '', optional: true, kind: 'line', value: '', most: 100 }],
    submit: 'Send',
    skip: 'Skip',
  };

  test('open by a press that stores nothing, and come back as a click', async () => {
    stage.inbox.offered = form;
    const shown = await press(card.actions[1]);
    if (shown.kind !== 'dialog') throw new Error(`${shown.kind} instead of a dialog`);
    expect(stage.inbox.clicks).toEqual([]);
    const [send] = shown.dialog.card['actions'] as readonly Json[];
    const data = { ...(send?.['data'] as Json), since: 'today' };
    expect(await stage.sandbox.submit({ as: ana, dialog: shown.dialog.id, data })).toEqual({
      kind: 'message',
      text: 'Thank you. It is with IT.',
    });
    expect(stage.inbox.clicks).toMatchObject([
      { action: 'get-human', turnId: '7', address, values: { since: 'today' } },
    ]);
  });

  test('that are over say so', async () => {
    expect(await press(card.actions[1])).toEqual({ kind: 'message', text: 'This is not open any more.' });
  });

  test('that count for nothing say why', async () => {
    stage.inbox.offered = form;
    stage.inbox.pressed = { ...nothingPressed, refusal: 'It is closed.' };
    const shown = await press(card.actions[1]);
    if (shown.kind !== 'dialog') throw new Error(`${shown.kind} instead of a dialog`);
    const [send] = shown.dialog.card['actions'] as readonly Json[];
    const data = send?.['data'] as Json;
    expect(await stage.sandbox.submit({ as: ana, dialog: shown.dialog.id, data })).toEqual({
      kind: 'message',
      text: 'It is closed.',
    });
  });
});

describe('thumbs', () => {
  const thumbs = (replyToId: string) =>
    stage.sandbox.deliverRaw({
      type: 'invoke',
      name: 'message/submitAction',
      replyToId,
      value: { actionName: 'feedback', actionValue: { reaction: 'dislike', feedback: '{"feedbackText":"old"}' } },
    });

  test('count for the turn that the post shows, and are answered with nothing', async () => {
    const asked: string[] = [];
    stage.inbox.turnOfPost = async ({ postRefStart }) => {
      asked.push(postRefStart);
      return { turnId: '7', address };
    };
    expect(await thumbs('1700000000009')).toEqual({ status: 200, body: '{}' });
    expect(asked).toEqual([`teams/${encodeURIComponent(stage.sandbox.personal(ana))}/1700000000009`]);
    expect(stage.inbox.clicks).toMatchObject([
      { action: 'not-helpful', turnId: '7', address, values: { comment: 'old' } },
    ]);
  });

  test('below a post that nobody knows count for nothing', async () => {
    expect(await thumbs('1700000000009')).toEqual({ status: 200, body: '{}' });
    expect(stage.inbox.clicks).toEqual([]);
  });
});
