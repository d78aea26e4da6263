import type { SharedFile, Turn } from '#domain/conversation.ts';
import {
  areSettled,
  hasFiles,
  refusalOf,
  threadKeyOf,
  unsettledFiles,
  unsettledInThread,
} from '#domain/mirrored-file.ts';
import { bareTurn, file } from './bare-turn.ts';

const limits = { largestBytes: 20_000_000, refusedTypes: ['exe', 'js'] };

test.each<[string, Partial<SharedFile>, string | null]>([
  ['a picture', { name: 'shot.png', bytes: 1000 }, null],
  ['as large as can be', { bytes: 20_000_000 }, null],
  ['of unknown size', { bytes: null }, null],
  ['too large', { bytes: 200_000_000 }, '200 MB are more than the 20 MB that are carried over'],
  ['a little too large', { bytes: 20_100_000 }, '20.1 MB are more than the 20 MB that are carried over'],
  ['that cannot be fetched', { ref: null }, 'it cannot be fetched'],
  ['of a refused type', { name: 'fix.exe' }, 'files of the type exe are not carried over'],
  ['of a refused type in capitals', { name: 'FIX.EXE' }, 'files of the type exe are not carried over'],
  ['with a blank behind its type', { name: 'fix.exe ' }, 'files of the type exe are not carried over'],
  ['with a dot behind its type', { name: 'fix.exe. .' }, 'files of the type exe are not carried over'],
  ['that hides its type behind another', { name: 'shot.png.exe' }, 'files of the type exe are not carried over'],
  ['whose name only holds the type', { name: 'exe.png' }, null],
  ['without a type', { name: 'exe' }, null],
  ['of a longer type', { name: 'data.json' }, null],
])('a file %s', (_, fields, why) => {
  expect(refusalOf({ ...file('shot.png'), ...fields }, limits)).toBe(why);
});

test('where no file is taken, each says so', () => {
  const why = '0.1 MB are more than the 0 MB that are carried over';
  expect(refusalOf({ ...file('shot.png'), bytes: 100_000 }, { ...limits, largestBytes: 0 })).toBe(why);
});

const gone = { ...file('a.png'), gone: true } as const;

test.each<[string, Pick<Turn, 'files' | 'mirroredFiles'> & Partial<Turn>, number[], number[]]>([
  ['that is new', { files: [file('a.png')], mirroredFiles: {} }, [0], []],
  ['that the other side has', { files: [file('a.png')], mirroredFiles: { 0: 'F1' } }, [], []],
  ['that is refused', { files: [file('a.exe')], mirroredFiles: { 0: '' } }, [], []],
  ['that is gone', { files: [gone], mirroredFiles: { 0: 'F1' } }, [], [0]],
  ['that is gone before it is known whether it got there', { files: [gone], mirroredFiles: {} }, [], [0]],
  ['that is gone on both sides', { files: [gone], mirroredFiles: { 0: '' } }, [], []],
  [
    'that is gone, beside others',
    { files: [gone, file('b'), file('c')], mirroredFiles: { 0: 'F1', 2: 'F3' } },
    [1],
    [0],
  ],
  ['of what was taken back', { files: [file('a')], mirroredFiles: { 0: 'F1' }, withdrawn: true }, [], [0]],
  ['of what was taken back on both sides', { files: [file('a')], mirroredFiles: { 0: '' }, withdrawn: true }, [], []],
])('a file %s', (_, fields, toCarry, toRemove) => {
  const turn: Turn = {
    ...bareTurn,
    id: '1',
    author: 'requester',
    personRef: 'U1',
    text: '',
    at: new Date(0),
    ...fields,
  };
  expect(unsettledFiles(turn)).toEqual({ toCarry, toRemove });
  expect(areSettled(unsettledFiles(turn))).toBe(toCarry.length + toRemove.length === 0);
});

test.each<[string, readonly SharedFile[], readonly SharedFile[], boolean]>([
  ['the same in another order', [file('a'), file('b')], [file('b'), file('a')], true],
  ['the same, renamed', [file('a')], [{ ...file('a'), name: 'b' }], true],
  ['one more', [file('a')], [file('a'), file('b')], false],
  ['one less', [file('a'), file('b')], [file('a')], false],
  ['one that was gone', [gone], [file('a.png')], false],
  ['none, where one was gone', [gone], [], true],
])('a turn’s files are compared with %s', (_, own, others, isSame) => {
  expect(hasFiles({ files: own }, others)).toBe(isSame);
});

test('what the thread and the ticket have of an answer from the triage channel is told apart', () => {
  const files = [file('a.png'), file('b.png')];
  const said = { ...bareTurn, id: '1', author: 'agent', text: '', at: new Date(0), files } as const;
  const answer: Turn = { ...said, personRef: 'slack/T1/ben', mirroredFiles: { 0: '10001', 'thread/1': 'F2' } };
  expect([unsettledFiles(answer).toCarry, unsettledInThread(answer).toCarry]).toEqual([[1], [0]]);
  const comment: Turn = { ...said, personRef: null, mirroredFiles: { 0: 'F1' } };
  expect(unsettledInThread(comment).toCarry).toEqual([1]);
  expect([threadKeyOf(answer, 1), threadKeyOf(comment, 1)]).toEqual(['thread/1', 1]);
});
