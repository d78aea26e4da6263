import { readExecute, readFormSent, readFormWanted, readPress, readThumbs } from '../../../adapters/teams/clicks.ts';
import { ana, channelId, inChannel, personal, personalId, sceneOf, sentId, tenantId } from './deliveries.ts';

type Json = Readonly<Record<string, unknown>>;
const thread = `${tenantId}/${encodeURIComponent(channelId)}/${sentId}`;
const data = { verb: 'solved', turn: '7', thread };
const invoke = (name: string, value: Json, fields: Json = {}) =>
  inChannel({ type: 'invoke', name, id: 'f:1', replyToId: '1700000000009', value, ...fields });
const execute = (action: Json, trigger = 'manual') =>
  invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb: 'solved', data, ...action }, trigger });
const pressOf = (activity: Json) => readExecute(activity, sceneOf(activity));

test('a press is named by what stays the same when it comes again', () => {
  expect(pressOf(execute({}))).toEqual({
    eventId: `teams/${tenantId}/${encodeURIComponent(channelId)}/action/f:1`,
    address: { platform: 'teams', ref: thread },
    turnId: '7',
    personRef: `teams/${tenantId}/${ana.aadObjectId}`,
    action: 'solved',
    at: new Date('2023-11-14T22:13:20.000Z'),
    values: null,
    by: 'Ana Silva',
  });
});

test('without a name of its own a press is named by who, when and what', () => {
  const nameOf = (verb: string) =>
    pressOf({ ...execute({ verb, data: { ...data, verb } }), id: undefined, timestamp: undefined })?.eventId;
  expect(nameOf('solved')).toBe(nameOf('solved'));
  expect(nameOf('solved')).not.toBe(nameOf('not-yet'));
});

test('the name of who pressed is one line, and cut', () => {
  const by = pressOf({ ...execute({}), from: { ...ana, name: `Ana\nSilva ${'x'.repeat(5000)}` } })?.by ?? '';
  expect(by).toMatch(/^Ana Silva x+…$/);
  expect(by).toHaveLength(200);
});

test.each([
  ['another thread', { ...data, thread: thread.replace(/\d+$/, '1600000000000') }],
  ['another chat', { ...data, thread: `${tenantId}/${encodeURIComponent(personalId)}/${sentId}` }],
  ['another tenant', { ...data, thread: thread.replace(tenantId, 'another') }],
  ['no thread', { ...data, thread: '' }],
  ['an unknown verb', { ...data, verb: 'format' }],
  ['a verb that no button has', { ...data, verb: 'helpful' }],
  ['another verb than the action’s', { ...data, verb: 'get-human' }],
  ['no turn', { verb: 'solved', thread }],
  ['nothing', undefined],
  ['a text', 'solved'],
])('altered: %s', (_, altered) => {
  expect(pressOf(execute({ data: altered }))).toBeNull();
});

test('what a client asks by itself, or who is no person, presses nothing', () => {
  expect(pressOf(execute({}, 'automatic'))).toBeNull();
  expect(pressOf({ ...execute({}), from: { id: '29:nobody' } })).toBeNull();
});

test('the first message of ours is named by where it is', () => {
  const opening = { ...data, thread: thread.replace(/\d+$/, '0') };
  expect(pressOf(execute({ data: opening }))?.address.ref).toBe(thread);
  const chat = `${tenantId}/${encodeURIComponent(personalId)}`;
  const scene = sceneOf(personal({ type: 'invoke', replyToId: '1700000000009' }));
  expect(readPress({ ...data, thread: `${chat}/0` }, scene)?.address.ref).toBe(`${chat}/1700000000009`);
});

test('a form is wanted, and sent', () => {
  const wanted = invoke('task/fetch', { data: { ...data, verb: 'answer-here', msteams: { type: 'task/fetch' } } });
  expect(readFormWanted(wanted, sceneOf(wanted))).toMatchObject({ action: 'answer-here', values: null });
  const sent = invoke('task/submit', { data: { action: 'answer-here', turn: '7', thread, answer: 'Restart it' } });
  expect(readFormSent(sent, sceneOf(sent))).toMatchObject({
    action: 'answer-here',
    turnId: '7',
    values: { answer: 'Restart it' },
  });
  const altered = invoke('task/submit', { data: { action: 'answer-here', turn: '7', thread: 'a/b/1' } });
  expect(readFormSent(altered, sceneOf(altered))).toBeNull();
});

describe('thumbs', () => {
  const thumbs = (actionValue: Json, fields: Json = {}) => {
    const activity = invoke('message/submitAction', { actionName: 'feedback', actionValue }, fields);
    return readThumbs(activity, sceneOf(activity));
  };

  test.each([
    ['{"feedbackText":" wrong article "}', { comment: 'wrong article' }],
    ['{"feedbackText":""}', null],
    ['{"other":1}', null],
    ['wrong article', { comment: 'wrong article' }],
    ['', null],
  ])('with the comment %j', (feedback, values) => {
    expect(thumbs({ reaction: 'dislike', feedback })).toMatchObject({
      postRefStart: `teams/${encodeURIComponent(channelId)}/1700000000009`,
      click: { action: 'not-helpful', values },
    });
  });

  test('up', () => {
    expect(thumbs({ reaction: 'like', feedback: '{}' })?.click.action).toBe('helpful');
  });

  test('of what, nobody knows', () => {
    expect(thumbs({ reaction: 'like', feedback: '' }, { replyToId: undefined })).toBeNull();
  });
});
