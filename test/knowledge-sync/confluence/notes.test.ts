import { createNoteBook } from '../../../knowledge-sync/confluence/notes.ts';
import { createMemory } from './site.ts';

const page = { version: 2, restriction: { accountIds: ['a'], groups: [{ id: 'g', name: 'it' }] } };

test('what is loaded and saved again is not written again, in whatever order the memory has its keys', async () => {
  const memory = createMemory();
  const book = createNoteBook(memory);
  const notes = await book.load();
  notes.pages.set('1', page);
  notes.sweeps.set('s', 7);
  await book.save(notes);
  expect([...(memory.saves[0]?.keys() ?? [])]).toEqual(['pages/1', 'sweeps/s']);
  const other = createNoteBook(memory);
  const again = await other.load();
  expect(again.pages.get('1')).toEqual(page);
  await other.save(again);
  expect(memory.saves).toHaveLength(1);
});

test('only what changed is written, and what is gone is forgotten', async () => {
  const memory = createMemory();
  const book = createNoteBook(memory);
  const notes = await book.load();
  for (const id of ['1', '2', '3']) notes.pages.set(id, page);
  await book.save(notes);
  notes.pages.set('2', { ...page, version: 3 });
  notes.pages.delete('3');
  await book.save(notes);
  expect(memory.saves[1]).toEqual(
    new Map<string, unknown>([
      ['pages/2', { ...page, version: 3 }],
      ['pages/3', null],
    ]),
  );
});

test('includes are written one by one, and a save of the rest leaves them alone', async () => {
  const memory = createMemory();
  const book = createNoteBook(memory);
  const notes = await book.load();
  await book.put('includes', '1', [{ spaceKey: 'IT', title: 'A' }]);
  await book.put('includes', '1', [{ spaceKey: 'IT', title: 'A' }]);
  await book.put('includes', '2', null);
  expect(notes.includes.get('1')).toEqual([{ spaceKey: 'IT', title: 'A' }]);
  await book.save(notes);
  expect(memory.saves).toHaveLength(1);
  const other = createNoteBook(memory);
  expect(await other.includesOf('1')).toEqual([{ spaceKey: 'IT', title: 'A' }]);
  await other.put('includes', '1', null);
  expect(await other.includesOf('1')).toEqual([]);
  expect((await memory.load('confluence')).size).toBe(0);
});

test('a note of another shape is none', async () => {
  const memory = createMemory();
  await memory.save(
    'confluence',
    new Map<string, unknown>([
      ['pages/1', { version: 'x' }],
      ['other/1', 1],
      ['sweeps/s', 'y'],
    ]),
  );
  const notes = await createNoteBook(memory).load();
  expect([notes.pages.size, notes.sweeps.size]).toEqual([0, 0]);
});
