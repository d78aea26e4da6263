import type { Conversation, Turn } from '#domain/conversation.ts';
import { NOTHING_SEARCHED } from '#domain/decision.ts';
import { markOf, mirroredComment, toMirror } from '#domain/to-mirror.ts';
import { bareTurn, file } from './bare-turn.ts';

const at = new Date('2026-03-01T09:00:00Z');

function turn(id: string, fields: Partial<Turn> = {}): Turn {
  return { ...bareTurn, id, author: 'requester', personRef: 'slack/T1/U1', text: `words of ${id}`, at, ...fields };
}

function conversationOf(turns: readonly Turn[]): Conversation {
  return {
    id: '1',
    name: 'c0ffee',
    address: { platform: 'slack', ref: 'T1/C1/1' },
    place: 'channel',
    requesterRef: 'slack/T1/U1',
    turns,
    handledThrough: '0',
    version: 1,
    ticket: null,
  };
}

/** Ids of the turns, by what is to be done about each; the ticket's description ends with turn 1. */
function listed(...turns: readonly Turn[]) {
  const { described, commented, withFiles } = toMirror(conversationOf([turn('1'), ...turns]), '1');
  const ids = (list: readonly Turn[]) => list.map(({ id }) => id);
  return { described: ids(described), commented: ids(commented), withFiles: ids(withFiles) };
}
const none = { described: [], commented: [], withFiles: [] };
const shot = file('shot.png');
const gone = { ...shot, gone: true } as const;
const bot = { author: 'bot', personRef: null, decision: { kind: 'forward', grounds: NOTHING_SEARCHED } } as const;

describe('what comes after the description', () => {
  test.each<[string, Partial<Turn>, boolean]>([
    ['what the requester says', {}, true],
    ['what a colleague says', { author: 'colleague', personRef: 'slack/T1/U2' }, true],
    ['what IT answers from the triage channel', { author: 'agent', personRef: 'slack/T1/U9', authorName: 'Ben' }, true],
    ['files without a word', { text: '', files: [shot], mirroredFiles: { 0: 'a1' } }, true],
    ['what is still wrong, from the form', { action: 'not-yet', text: '', values: { text: 'no better' } }, true],
    ['what is shown as it is', { comment: { id: 'c1', revision: 0 } }, false],
    ['what has changed since', { revision: 2, comment: { id: 'c1', revision: 1 } }, true],
    ['what was taken back', { withdrawn: true, text: '', revision: 1, comment: { id: 'c1', revision: 0 } }, true],
    ['what was taken back there as well', { withdrawn: true, text: '', revision: 1 }, false],
    ['what was taken back before it was there', { withdrawn: true, text: '', revision: 1, comment: null }, false],
    ['files that were taken away before it was there', { text: '', revision: 1, files: [gone] }, false],
    ['a bare mention', { text: '' }, false],
    ['a press', { action: 'solved', text: '' }, false],
    ['a press on “Not yet”', { action: 'not-yet', text: '' }, false],
    ['the form about it, empty', { action: 'not-yet', text: '', values: { text: '' } }, false],
    ['the form about the request', { action: 'details', text: '', values: { device: 'Mac' } }, false],
    ['a rating', { action: 'rate-5', text: '' }, false],
    ['what we say', { ...bot, text: 'I have handed this over.' }, false],
    ['what IT writes on the ticket', { author: 'agent', personRef: null, comment: { id: 'c1', revision: 0 } }, false],
    ['what the requester writes on the ticket', { personRef: null, comment: { id: 'c1', revision: 0 } }, false],
    [
      'what the requester writes anew on the ticket',
      { personRef: null, revision: 1, comment: { id: 'c1', revision: 0 } },
      false,
    ],
    ['what IT says in the triage channel', { author: 'agent', personRef: 'slack/T1/U9', stage: 'triage' }, false],
  ])('%s', (_, fields, isMirrored) => {
    expect(listed(turn('2', fields))).toEqual({ ...none, commented: isMirrored ? ['2'] : [] });
  });

  test('keeps its order', () => {
    expect(listed(turn('2'), turn('3', bot), turn('4'), turn('5')).commented).toEqual(['2', '4', '5']);
  });
});

describe('files that the ticket has', () => {
  test.each<[string, Partial<Turn>, boolean]>([
    ['stay', { files: [shot] }, false],
    ['go when they are gone', { files: [gone] }, true],
    ['go with what was taken back', { files: [shot], withdrawn: true }, true],
    ['are left to who wrote them on the ticket', { files: [gone], author: 'agent', personRef: null }, false],
    ['are those of the description as well', { id: '1', files: [gone] }, true],
  ])('%s', (_, fields, areGone) => {
    const mirrored = { mirroredFiles: { 0: 'a1' }, comment: { id: 'c1', revision: 0 } };
    const { withFiles, withoutFiles } = toMirror(conversationOf([turn('2', { ...mirrored, ...fields })]), '1');
    expect([withFiles.length, withoutFiles.length]).toEqual([0, areGone ? 1 : 0]);
  });
});

describe('what is in the description', () => {
  test.each<[string, Partial<Turn>, boolean]>([
    ['as it is', {}, false],
    ['changed since', { revision: 1 }, true],
    ['taken back since', { revision: 1, withdrawn: true, text: '' }, true],
    ['written there as it is now', { revision: 1, comment: { id: 'description', revision: 1 } }, false],
    ['changed once more', { revision: 2, comment: { id: 'description', revision: 1 } }, true],
  ])('%s', (_, fields, isToBeWritten) => {
    const { described, commented } = toMirror(conversationOf([turn('1', fields), turn('2', bot)]), '1');
    expect([described.map(({ id }) => id), commented]).toEqual([isToBeWritten ? ['1'] : [], []]);
  });

  test('is nothing when the last turn of the description is not known: then all are comments', () => {
    expect(toMirror(conversationOf([turn('1', { revision: 1 })]), '0')).toMatchObject({
      described: [],
      commented: [{ id: '1' }],
    });
  });
});

describe('files', () => {
  test.each<[string, Partial<Turn>, boolean]>([
    ['that the ticket has not', { files: [shot] }, true],
    ['of which it has one', { files: [shot, file('log.txt')], mirroredFiles: { 0: 'a1' } }, true],
    ['that it has', { files: [shot], mirroredFiles: { 0: 'a1' } }, false],
    ['that were refused', { files: [shot], mirroredFiles: { 0: '' } }, false],
    ['of a message that was taken back', { files: [shot], withdrawn: true, text: '', revision: 1 }, false],
    ['of what IT wrote on the ticket', { author: 'agent', personRef: null, files: [shot] }, false],
  ])('%s', (_, fields, isToBeAttached) => {
    expect(listed(turn('2', { ...fields, comment: { id: 'c1', revision: 1 } })).withFiles).toEqual(
      isToBeAttached ? ['2'] : [],
    );
  });

  test('of what is in the description are attached as well', () => {
    const { withFiles } = toMirror(conversationOf([turn('1', { files: [shot] })]), '1');
    expect(withFiles.map(({ id }) => id)).toEqual(['1']);
  });
});

const draftOf = (fields: Partial<Turn>, refused: Parameters<typeof mirroredComment>[0]['refused'] = []) =>
  mirroredComment({ conversation: conversationOf([]), turn: turn('2', fields), author: 'Inês', refused });

describe('a turn as a comment', () => {
  test('is public, in its author’s name, and carries the mark of the conversation and the turn', () => {
    expect(draftOf({ text: 'still *drops*' })).toEqual({
      mark: 'c0ffee/2',
      author: 'Inês',
      lines: [{ kind: 'text', text: 'still *drops*' }],
      internal: false,
    });
    expect(markOf(conversationOf([]), turn('2'))).toBe('c0ffee/2');
  });

  const lines = (...texts: readonly string[]) => texts.map((text) => ({ kind: 'text', text }));
  const exe = file('fix.exe');
  const refused = [{ name: 'fix.exe', why: 'files of the type exe are not carried over' }];
  const told = '(the file fix.exe is only in the thread: files of the type exe are not carried over)';

  test.each<[string, Partial<Turn>, typeof refused, readonly string[]]>([
    ['a file is named', { text: 'see', files: [shot] }, [], ['see', '(files: shot.png)']],
    ['files alone are named', { text: '', files: [shot, file('log.txt')] }, [], ['(files: shot.png, log.txt)']],
    [
      'a refused file is named with why',
      { text: 'run', files: [shot, exe] },
      refused,
      ['run', '(files: shot.png)', told],
    ],
    ['refused files alone', { text: '', files: [exe] }, refused, [told]],
    ['a file that is gone is not', { text: 'see', files: [{ ...shot, gone: true }, exe] }, refused, ['see', told]],
    ['what is still wrong', { action: 'not-yet', text: '', values: { text: 'no better' } }, [], ['no better']],
  ])('%s', (_, fields, without, expected) => {
    expect(draftOf(fields, without).lines).toEqual(lines(...expected));
  });
});
