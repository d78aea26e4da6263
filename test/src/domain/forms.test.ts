import type { Action, Conversation, Turn } from '#domain/conversation.ts';
import { type Citation, type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import type { Form } from '#domain/form.ts';
import { formAfter } from '#domain/forms.ts';
import { bareTurn } from './bare-turn.ts';

const me = 'slack/T1/U1';

function turn(id: string, changed: Partial<Turn>): Turn {
  const at = new Date('2026-03-01T09:00:00Z');
  return { ...bareTurn, id, author: 'requester', personRef: me, text: '', at, ...changed };
}
const bot = (id: string, decision: Decision, stage: Turn['stage'] = 'thread') =>
  turn(id, { author: 'bot', personRef: null, decision, stage });
const cite = (title: string, restricted = false): Citation => ({
  chunkId: title,
  documentId: title,
  title,
  url: `https://wiki.example/${title}`,
  ...(restricted ? { restricted } : {}),
});
const answer = (...citations: readonly Citation[]): Decision => ({
  kind: 'answer',
  quote: 'Restart it.',
  citations,
  grounds: NOTHING_SEARCHED,
});
const lesson: Decision = {
  kind: 'lesson',
  lesson: { lessonId: '1', question: 'Why?', answer: 'Because.', state: 'proposed', by: null },
  grounds: NOTHING_SEARCHED,
};
const report: Decision = { kind: 'report', news: 'resolved', reason: 'unsure', grounds: NOTHING_SEARCHED };

function conversation(...turns: readonly Turn[]): Conversation {
  return {
    id: '1',
    name: 'c0ffee',
    address: { platform: 'slack', ref: 'T1/D1/1' },
    place: 'direct',
    requesterRef: me,
    handledThrough: '0',
    version: 0,
    ticket: null,
    turns,
  };
}

const asked = turn('1', { text: 'my  vpn drops' });
const card = bot('c', report, 'triage');
const thread = conversation(asked, bot('2', answer(cite('VPN'))), card, bot('l', lesson, 'triage'));
const valuesOf = (form: Form | null) =>
  Object.fromEntries((form?.fields ?? []).map(({ name, value }) => [name, value]));
const details = (...turns: readonly Turn[]) =>
  valuesOf(formAfter(conversation(...turns, bot('b', report)), { action: 'get-human', turnId: 'b' }));

test('after Get a human everything known is filled in, and nothing must be', () => {
  const form = formAfter(thread, { action: 'get-human', turnId: '2', personRef: me });
  expect(form).toMatchObject({
    action: 'details',
    title: 'Anything to add?',
    submit: 'Send to IT',
    skip: 'Leave as it is',
  });
  expect(form?.fields.map(({ optional }) => optional)).toEqual([true, true, true, true]);
  expect(valuesOf(form)).toEqual({
    summary: 'my vpn drops',
    tried: 'Firstline showed me “VPN”.',
    device: '',
    urgency: 'normal',
  });
});

test.each<[string, readonly Turn[], object]>([
  ['nothing asked', [], { summary: '', tried: '', device: '', urgency: 'normal' }],
  ['a long question', [turn('1', { text: 'word '.repeat(60) })], { summary: `${'word '.repeat(23)}word…` }],
  ['what was withdrawn', [turn('1', { text: 'secret', withdrawn: true }), asked], { summary: 'my vpn drops' }],
  [
    'what they say that they tried',
    [turn('1', { text: "Outlook hangs. I've restarted twice. Already reinstalled it! Please help" })],
    { tried: "I've restarted twice.\nAlready reinstalled it!" },
  ],
  [
    'two articles',
    [asked, bot('2', answer(cite('VPN'))), bot('3', answer(cite('VPN'), cite('Wi-Fi')))],
    { tried: 'Firstline showed me “VPN”.\nFirstline showed me “Wi-Fi”.' },
  ],
  [
    'a restricted article, which the ticket must not name',
    [asked, bot('2', answer(cite('Kingfisher', true)))],
    { tried: '' },
  ],
  ['an urgency', [turn('1', { text: 'my laptop was stolen' })], { urgency: 'critical' }],
  [
    'what was sent before',
    [asked, turn('2', { action: 'details', values: { summary: 'VPN', tried: '', device: 'Mac', urgency: 'high' } })],
    { summary: 'VPN', tried: '', device: 'Mac', urgency: 'high' },
  ],
  [
    'not what a colleague sent',
    [asked, turn('2', { author: 'colleague', action: 'details', values: { summary: 'x' } })],
    { summary: 'my vpn drops' },
  ],
])('filled in: %s', (_, turns, expected) => {
  expect(details(...turns)).toMatchObject(expected);
});

test.each([
  ['my macbook is slow', 'MacBook'],
  ['MBP 14, the left screen', 'MacBook Pro'],
  ['got a new iphone', 'iPhone'],
  ['windows laptop wont start', 'Windows laptop'],
  ['my laptop with windows 11 hangs', 'Windows laptop'],
  ['the dell laptop beeps', 'Windows laptop'],
  ['openconnect on my ubuntu laptop', 'Linux laptop'],
  ['zoom on my mac', 'Mac'],
  ['my Samsung has no signal', 'Android phone'],
  ['the laptop is slow', ''],
  ['can you open windows in the office', ''],
  ['vpn drops', ''],
])('the device in “%s” is “%s”', (text, device) => {
  expect(details(turn('1', { text }))).toMatchObject({ device });
});

test.each<[Action, string, string, object]>([
  ['not-yet', '2', 'not-yet', { text: '' }],
  ['rate-1', '2', 'comment-rating', { comment: '' }],
  ['rate-5', '2', 'comment-rating', { comment: '' }],
  ['answer-here', 'c', 'answer-here', { text: '' }],
  ['edit', 'l', 'edit', { question: 'Why?', answer: 'Because.' }],
])('after %s on turn %s the form is %s', (action, turnId, form, values) => {
  const opened = formAfter(thread, { action, turnId });
  expect(opened?.action).toBe(form);
  expect(valuesOf(opened)).toEqual(values);
});

test.each<[Action, string, string?]>([
  ['solved', '2'],
  ['follow', '2'],
  ['answer-privately', '2'],
  ['details', '2'],
  ['comment-rating', '2'],
  ['take', 'c'],
  ['mute', 'c'],
  ['approve', 'l'],
  ['discard', 'l'],
  ['edit', 'c'],
  ['edit', '2'],
  ['answer-here', '2'],
  ['get-human', 'c'],
  ['get-human', 'unknown'],
  ['get-human', '2', 'slack/T1/U2'],
  ['rate-3', '2', 'slack/T1/U2'],
])('no form opens after %s on turn %s (by %s)', (action, turnId, personRef = me) => {
  expect(formAfter(thread, { action, turnId, personRef })).toBe(null);
});

test('the forms keep the limits of every platform', () => {
  const forms = (['get-human', 'not-yet', 'rate-2'] as const)
    .map((action) => formAfter(thread, { action, turnId: '2' }))
    .concat(
      formAfter(thread, { action: 'answer-here', turnId: 'c' }),
      formAfter(thread, { action: 'edit', turnId: 'l' }),
    );
  const words = forms.flatMap((form) => [form?.title, form?.submit, form?.skip]);
  expect(words.filter((text = '') => text === '' || text.length > 24)).toEqual([]);
  const fields = forms.flatMap((form) => form?.fields ?? []);
  const fits = fields.map((field) =>
    field.kind === 'choice'
      ? field.options.some(({ value }) => value === field.value)
      : field.value.length <= field.most,
  );
  expect(fits).toEqual(fields.map(() => true));
});

test('what is filled in is cut to what the form takes', () => {
  const long = turn('1', { text: `I tried it ${'again '.repeat(2000)}` });
  expect(String(details(long)['tried']).length).toBe(2000);
  const wordy: Decision = { ...lesson, lesson: { ...lesson.lesson, answer: 'x'.repeat(9000) } };
  const form = formAfter(conversation(bot('l', wordy, 'triage')), { action: 'edit', turnId: 'l' });
  expect(String(valuesOf(form)['answer']).length).toBe(3000);
});
