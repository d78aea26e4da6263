import { readAsked, readChosen } from '../../../adapters/teams/message-action.ts';
import { inChannel } from './deliveries.ts';

const chosen = (messagePayload: unknown, commandId = 'createTicket') =>
  readChosen(inChannel({ type: 'invoke', name: 'composeExtension/fetchTask', value: { commandId, messagePayload } }));

test('the form is filled in with the message and who wrote it', () => {
  const body = { contentType: 'html', content: '<div><p>Printer is <b>dead</b></p><p>Floor 3</p></div>' };
  expect(chosen({ body, from: { user: { displayName: 'Ana Silva' } } })).toEqual({
    summary: 'Printer is dead',
    details: 'Ana Silva wrote:\nPrinter is dead\nFloor 3',
  });
});

test('a long first line is cut', () => {
  const summary = chosen({ body: { contentType: 'text', content: 'word '.repeat(100) }, from: null })?.summary ?? '';
  expect(summary.length).toBeLessThanOrEqual(120);
  expect(summary).toMatch(/…$/);
});

test.each([undefined, null, {}, { body: null, from: null }, { body: { content: 7 } }])(
  'without a message the form is empty: %j',
  (payload) => {
    expect(chosen(payload)).toEqual({ summary: '', details: '' });
  },
);

test('another action is none of ours', () => {
  expect(chosen({}, 'somethingElse')).toBeNull();
  const value = { commandId: 'somethingElse', data: { summary: 'a', details: 'b' } };
  expect(readAsked(inChannel({ value }))).toBeNull();
});

test('what was entered', () => {
  const asked = (data: unknown) => readAsked(inChannel({ value: { commandId: 'createTicket', data } }));
  expect(asked({ summary: 'a', details: 'b' })).toEqual({ summary: 'a', details: 'b' });
  expect(asked({ details: 'b' })).toBeNull();
  expect(asked('a')).toBeNull();
});
