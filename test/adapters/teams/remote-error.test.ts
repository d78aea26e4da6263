import { codesIn, toFailure, toRemoteError, waitOf } from '../../../adapters/teams/remote-error.ts';
import { RemoteError } from '#errors.ts';

const answered = (statusCode: number, error: object = {}, headers: Record<string, string> = {}) => ({
  statusCode,
  message: 'words of theirs',
  response: { bodyAsText: JSON.stringify({ error }), headers: new Headers(headers) },
});

test.each([
  [400, {}, 'rejected'],
  [401, {}, 'unauthorized'],
  [403, { code: 'BotNotInConversationRoster' }, 'unavailable'],
  [403, { code: 'Forbidden', subCode: 'BotNotInConversationRoster' }, 'unavailable'],
  [403, { code: 'ConversationBlockedByUser' }, 'rejected'],
  [403, { code: 'Forbidden', subCode: 'MessageWritesBlocked' }, 'rejected'],
  [403, { code: 'BotDisabledByAdmin' }, 'rejected'],
  [403, {}, 'rejected'],
  [404, { code: 'ConversationNotFound' }, 'rejected'],
  [412, { code: 'PreconditionFailed' }, 'unavailable'],
  [413, { code: 'MessageSizeTooBig' }, 'rejected'],
  [429, {}, 'rate-limited'],
  [500, {}, 'unavailable'],
  [502, {}, 'unavailable'],
  [503, {}, 'unavailable'],
  [504, {}, 'unavailable'],
])('%d %j is %s', (status, error, kind) => {
  expect(toRemoteError('send', answered(status, error))).toMatchObject({ system: 'teams', kind });
});

test('says the verb, the status and the code, and no words', () => {
  const { message } = toRemoteError('send', answered(403, { code: 'BotDisabledByAdmin', message: 'secret words' }));
  expect(message).toBe('teams: send: HTTP status 403 (BotDisabledByAdmin)');
});

test('how long to wait is told on', () => {
  expect(toRemoteError('send', answered(429, {}, { 'Retry-After': '3' })).retryAfterMs).toBe(3000);
});

test('what is no answer is a failed connection', () => {
  for (const error of [new Error('socket hang up'), null, 'text', { statusCode: 'odd' }]) {
    expect(toRemoteError('send', error)).toMatchObject({ kind: 'unavailable', message: 'teams: send: no answer' });
  }
});

test('one that is translated already stays', () => {
  const error = new RemoteError('teams', 'unauthorized', { message: 'token' });
  expect(toRemoteError('send', error)).toBe(error);
});

test('codes are names, never words', () => {
  expect(codesIn('<html>')).toEqual([]);
  expect(codesIn('{"error":"text"}')).toEqual([]);
  expect(codesIn('{"error":{"code":"Some words here","subCode":"Code"}}')).toEqual(['Code']);
  expect(toFailure('files', { status: 410, codes: [], retryAfterMs: null }).message).toBe(
    'teams: files: HTTP status 410',
  );
});

test.each([
  ['2', 2000],
  ['0.2', 200],
  ['', null],
  ['Wed, 21 Oct 2026 07:28:00 GMT', null],
  ['-1', null],
  [null, null],
  [undefined, null],
])('Retry-After: %j', (header, ms) => {
  expect(waitOf(header)).toBe(ms);
});
