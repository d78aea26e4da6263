import { readClicks, readSubmission } from '../../../adapters/slack/clicks.ts';
import { actionIds } from '../../../adapters/slack/usage.ts';
import { deliveryOf } from './deliveries.ts';

const pressed = () => readClicks(deliveryOf('block-actions'));

const responseUrl = 'https://hooks.slack.com/actions/T0FIRST01/4567/abcdef';
const click = {
  eventId: 'slack/action/1767225601.000100/1767226320.123456/U0ANA0001/get_human',
  address: { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225600.000200' },
  turnId: '42',
  personRef: 'slack/T0FIRST01/U0ANA0001',
  action: 'get-human',
  at: new Date('2026-01-01T00:12:00.123Z'),
  values: null,
};

test('a click names the turn, the person and the moment, with the same id whenever it is delivered', () => {
  expect(pressed()).toEqual({ clicks: [click], triggerId: '4567.1234.abcdef', responseUrl });
  expect(pressed()).toEqual(pressed());
});

test('each of our buttons is known', () => {
  const body = deliveryOf('block-actions');
  const [action] = body['actions'] as object[];
  const actions = Object.values(actionIds).map((id) => ({ ...action, action_id: id }));
  expect(readClicks({ ...body, actions }).clicks.map((one) => one.action)).toEqual(Object.keys(actionIds));
});

test.each([
  ['another button', { action_id: 'open_link', url: 'https://example.com/', value: undefined }],
  ['a button without a turn', { value: '' }],
  ['a button without a moment', { action_ts: undefined }],
])('%s is no click of ours', (_, fields) => {
  const body = deliveryOf('block-actions');
  const [action] = body['actions'] as object[];
  expect(readClicks({ ...body, actions: [{ ...action, ...fields }] }).clicks).toEqual([]);
});

test.each([
  ['has no answers yet', undefined],
  ['has answers', '1767225601.000100'],
])('a click on a post at the top of a channel is in the thread of that post, which %s', (_, thread_ts) => {
  const body = deliveryOf('block-actions');
  const at = { thread_ts };
  const top = {
    ...body,
    container: { ...(body['container'] as object), ...at },
    message: { ...(body['message'] as object), ...at },
  };
  expect(readClicks(top).clicks).toEqual([
    { ...click, address: { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225601.000100' } },
  ]);
});

const now = new Date('2026-01-01T00:13:00Z');
const submitted = (fields: object = {}) => {
  const body = deliveryOf('view-submission');
  return { ...body, view: { ...(body['view'] as object), ...fields } };
};

test('a form that is sent is a click with all its fields, of the turn and the thread that it was opened from', () => {
  expect(readSubmission(submitted(), now)).toEqual({
    eventId: 'slack/view/V0FORM0001/1767226321.k3XyZabc',
    address: { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225600.000200' },
    turnId: '42',
    personRef: 'slack/T0FIRST01/U0ANA0001',
    action: 'details',
    at: now,
    values: { summary: 'VPN drops <hourly> &', tried: '', urgency: 'high' },
  });
});

test('sent again it has the same id', () => {
  expect(readSubmission(submitted(), new Date())?.eventId).toBe(readSubmission(submitted(), now)?.eventId);
});

test('a choice that was not made is empty', () => {
  const values = { urgency: { value: { type: 'static_select', selected_option: null } } };
  expect(readSubmission(submitted({ state: { values } }), now)?.values).toEqual({ urgency: '' });
  expect(readSubmission(submitted({ state: undefined }), now)?.values).toEqual({});
});

test('the form of another is none of ours, whatever is in it', () => {
  expect(readSubmission(submitted({ callback_id: 'other', private_metadata: 'x' }), now)).toBeNull();
  expect(readSubmission(submitted({ callback_id: undefined }), now)).toBeNull();
});

const origin = { action: 'details', turnId: '42', address: 'T0FIRST01/C0HELP001/1767225600.000200' };

test.each<[string, unknown]>([
  ['nothing', ''],
  ['no JSON', '{"action":'],
  ['null', 'null'],
  ['an action that there is none of', { ...origin, action: 'drop-table' }],
  ['an action of every object', { ...origin, action: 'constructor' }],
  ['no turn', { ...origin, turnId: '' }],
  ['a turn that is none', { ...origin, turnId: 42 }],
  ['no thread', { ...origin, address: undefined }],
  ['a thread that is none', { ...origin, address: 'T1/C1/../../x' }],
  ['an address with more to it', { ...origin, address: `${origin.address}\n` }],
])('an origin that is %s is an unknown shape', (_, metadata) => {
  const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
  expect(() => readSubmission(submitted({ private_metadata: text }), now)).toThrow(
    expect.objectContaining({ name: 'ZodError' }),
  );
});
