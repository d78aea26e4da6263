import { createRevisions } from '../../../knowledge-sync/markdown/revisions.ts';

const now = Date.parse('2026-03-01T09:00:00Z');

/** Files by id; reading one is noted and gives its text as the revision. */
function setUp() {
  const files = new Map<string, string>();
  const reads: string[] = [];
  const time = { nowMs: now };
  const read = async (id: string) => {
    reads.push(id);
    return files.get(id) ?? null;
  };
  const revisions = createRevisions(read, () => new Date(time.nowMs));
  const list = async (...found: readonly { id: string; fingerprint: string; ageMs: number }[]) => {
    const listed: (string | null)[] = [];
    for (const { ageMs, ...file } of found)
      listed.push(await revisions.of({ ...file, modifiedAtMs: time.nowMs - ageMs }));
    revisions.forgetOthers();
    return listed;
  };
  return { files, reads, list };
}

const old = { id: 'a.md', fingerprint: '1', ageMs: 2_000 };

test('a file is read again only when it was written to', async () => {
  const { files, reads, list } = setUp();
  files.set('a.md', 'one');
  expect(await list(old)).toEqual(['one']);
  files.set('a.md', 'two');
  expect(await list(old)).toEqual(['one']);
  expect(await list({ ...old, fingerprint: '2' })).toEqual(['two']);
  expect(reads).toEqual(['a.md', 'a.md']);
});

test('a file that was written to a moment ago is read again the next time', async () => {
  const { files, list } = setUp();
  files.set('a.md', 'one');
  expect(await list({ ...old, ageMs: 1_999 })).toEqual(['one']);
  files.set('a.md', 'two');
  expect(await list(old)).toEqual(['two']);
});

test('a file that was not listed for once is read again', async () => {
  const { files, reads, list } = setUp();
  files.set('a.md', 'one');
  await list(old);
  await list();
  await list(old);
  expect(reads).toEqual(['a.md', 'a.md']);
});

test('a file that is gone has no revision, and none is kept', async () => {
  const { files, list } = setUp();
  expect(await list(old)).toEqual([null]);
  files.set('a.md', 'one');
  expect(await list(old)).toEqual(['one']);
});
