import {
  readMessageAction,
  readSubmission,
  renderDialog,
  renderMessageActionForm,
} from '../../../adapters/teams/forms.ts';
import { weigh } from '../../../adapters/teams/cards.ts';
import type { Form } from '#domain/form.ts';
import { inChannel, inPersonal } from './outward-doubles.ts';

const form: Form = {
  action: 'details',
  title: 'Anything to add?',
  intro: 'It is <at>optional</at>.',
  fields: [
    { name: 'summary', label: 'Summary', hint: '', optional: false, kind: 'line', value: 'VPN\ndrops', most: 200 },
    { name: 'device', label: 'Device', hint: 'For example “Mac”', optional: true, kind: 'line', value: '', most: 80 },
    { name: 'tried', label: 'What was tried', hint: '', optional: true, kind: 'text', value: 'a\nb', most: 2000 },
    {
      name: 'urgency',
      label: 'Urgency',
      hint: '',
      optional: true,
      kind: 'choice',
      value: 'normal',
      options: [
        { value: 'normal', label: 'Normal' },
        { value: 'a,b', label: 'Two' },
        { value: '', label: 'None' },
      ],
    },
    { name: 'none', label: 'None', hint: '', optional: true, kind: 'choice', value: null, options: [] },
  ],
  submit: 'Send to IT',
  skip: 'Leave as it is',
};
const origin = { turnId: '42', address: inChannel };
const data = { action: 'details', turn: '42', thread: inChannel.ref };
const cardOf = (shown: ReturnType<typeof renderDialog>) =>
  shown.card.content as { body: object[]; actions: { data: object }[]; version: string };

test('a form is a dialog with its fields, filled in', () => {
  const dialog = renderDialog(form, origin);
  expect(dialog).toMatchObject({
    title: 'Anything to add?',
    height: 'large',
    width: 'medium',
    card: { contentType: 'application/vnd.microsoft.card.adaptive' },
  });
  expect(cardOf(dialog)).toMatchObject({
    version: '1.5',
    body: [
      { type: 'TextBlock', text: 'It is &lt;at>optional&lt;/at>.', wrap: true },
      {
        type: 'Input.Text',
        id: 'summary',
        label: 'Summary',
        value: 'VPN drops',
        isMultiline: false,
        maxLength: 200,
        isRequired: true,
        errorMessage: 'Summary is needed.',
      },
      { type: 'Input.Text', id: 'device', placeholder: 'For example “Mac”', maxLength: 80 },
      { type: 'Input.Text', id: 'tried', isMultiline: true, value: 'a\nb' },
      {
        type: 'Input.ChoiceSet',
        id: 'urgency',
        style: 'compact',
        value: 'normal',
        choices: [{ title: 'Normal', value: 'normal' }],
      },
    ],
    actions: [{ type: 'Action.Submit', title: 'Send to IT', data }],
  });
  expect(cardOf(dialog).body).toHaveLength(5);
  expect(cardOf(dialog).actions).toHaveLength(1);
});

test('what is entered comes back with what the form is of', () => {
  const sent = {
    ...cardOf(renderDialog(form, origin)).actions[0]?.data,
    summary: ' VPN\u200B ',
    tried: '',
    urgency: 'high',
  };
  expect(readSubmission({ ...sent, msteams: { type: 'task/submit' }, other: { deep: true }, number: 7 })).toEqual({
    action: 'details',
    turnId: '42',
    address: inChannel,
    values: { summary: 'VPN', tried: '', urgency: 'high' },
  });
});

test('a conversation that a form has opened can have forms', () => {
  const address = { ...inPersonal, ref: inPersonal.ref.replace(/\d+$/, 'ext-f-1') };
  expect(readSubmission(cardOf(renderDialog(form, { turnId: '42', address })).actions[0]?.data)).toMatchObject({
    address,
  });
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'details'],
  ['an unknown action', { ...data, action: 'delete' }],
  ['a property that every object has', { ...data, action: 'toString' }],
  ['no turn', { ...data, turn: '' }],
  ['a turn that is none', { ...data, turn: 42 }],
  ['no thread', { action: 'details', turn: '42' }],
  ['a thread of Slack', { ...data, thread: 'T1/C1/1767225600.000200' }],
  ['a thread that is a path', { ...data, thread: 't/../../x/1' }],
  ['a very long thread', { ...data, thread: `t/${'a'.repeat(900)}/1` }],
])('%s is no form of ours', (_, sent) => {
  expect(readSubmission(sent)).toBeNull();
});

test('a submission takes no more than a form has', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 'x'.repeat(20_000)]));
  const values = readSubmission({ ...many, ...data })?.values ?? {};
  expect(Object.keys(values)).toHaveLength(20);
  expect(values['f0']).toHaveLength(10_000);
});

test('a request from a message is asked for with its words', () => {
  const shown = renderMessageActionForm({ summary: 'VPN drops', details: 'Ana wrote:\nVPN drops' });
  expect(shown.title).toBe('Create IT ticket');
  expect(cardOf(shown).body).toMatchObject([
    {},
    { id: 'summary', value: 'VPN drops', isRequired: true },
    { id: 'details', value: 'Ana wrote:\nVPN drops', isMultiline: true },
  ]);
  expect(readMessageAction({ summary: ' VPN\ndrops ', details: ' a\nb ' })).toEqual({
    summary: 'VPN drops',
    details: 'a\nb',
  });
  expect(readMessageAction({ summary: 'VPN' })).toEqual({ summary: 'VPN', details: '' });
  expect(readMessageAction({ details: 'b' })).toBeNull();
});

test('a form whose words are too long is cut', () => {
  const long = '"'.repeat(50_000);
  const fields = form.fields.map((field) => (field.kind === 'choice' ? field : { ...field, value: long, label: long }));
  const dialog = renderDialog({ ...form, title: long, intro: long, fields }, origin);
  expect(dialog.title).toHaveLength(60);
  expect(weigh(dialog)).toBeLessThan(100_000);
});

describe('a dialog is no larger than Teams takes', () => {
  const entry = { hint: '', optional: true, kind: 'text', most: 4000 } as const;
  const largest = 28_000;

  test.each([['"'], ['\\'], ['\n'], ['漢'], ['a']])('with much of %j filled in', (character) => {
    const value = `x${character.repeat(3998)}x`;
    const fields = ['a', 'b', 'c'].map((name) => ({ ...entry, name, label: name, value }));
    const dialog = renderDialog({ ...form, intro: value, fields }, origin);
    expect(weigh(dialog.card.content)).toBeLessThan(largest);
    expect(cardOf(dialog).body).toMatchObject([{}, { id: 'a' }, { id: 'b' }, { id: 'c' }]);
    expect(JSON.stringify(dialog)).toContain('"value":"x');
  });

  test('with many choices', () => {
    const options = Array.from({ length: 100 }, (_, index) => ({ value: `v${index}`, label: 'long '.repeat(20) }));
    const choice = { ...entry, kind: 'choice', value: 'v99', options } as const;
    const fields = ['a', 'b', 'c'].map((name) => ({ ...choice, name, label: name }));
    const dialog = renderDialog({ ...form, fields }, origin);
    expect(weigh(dialog.card.content)).toBeLessThan(largest);
    // what is chosen can still be chosen
    expect(JSON.stringify(dialog).match(/"value":"v99"/g)).toHaveLength(6);
  });

  test('what fits is not cut', () => {
    const value = 'a'.repeat(4000);
    const fields = ['a', 'b'].map((name) => ({ ...entry, name, label: name, value }));
    expect(cardOf(renderDialog({ ...form, fields }, origin)).body).toMatchObject([{}, { value }, { value }]);
  });
});

test('the words above a form fill in nothing', () => {
  const [above] = cardOf(renderDialog({ ...form, intro: '{{DATE(2020-01-01)}}' }, origin)).body;
  expect(above).toMatchObject({ text: String.raw`{\{DATE(2020-01-01)}}` });
});
