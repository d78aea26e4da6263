import { type Coverage, progressWords, reportWords, type ToldRun } from '../../scripts/sync-words.ts';

const run: ToldRun = {
  source: 'confluence',
  state: 'running',
  dry: false,
  startedAt: '2026-03-01T09:00:00.000Z',
  endedAt: null,
  listed: 1_200,
  toRead: 0,
  done: 0,
  added: 0,
  changed: 0,
  removed: 0,
  rights: 0,
  kept: 0,
  chunks: 0,
  failed: [],
  warnings: [],
  error: null,
};
const now = Date.parse('2026-03-01T09:00:20.000Z');

test.each([
  ['while it lists', {}, 'confluence: listing, 1200 found'],
  ['before the first is read', { toRead: 400 }, 'confluence: 0 of 400 read'],
  ['while it reads', { toRead: 400, done: 100 }, 'confluence: 100 of 400 read, 5.0 a second, 60 s left'],
  ['when it takes long', { toRead: 4000, done: 100 }, 'confluence: 100 of 4000 read, 5.0 a second, 13 min left'],
  ['at the end', { state: 'done' as const }, 'confluence: done'],
  ['when it ended early', { state: 'broken-off' as const }, 'confluence: broken off'],
])('progress %s', (_, changes, expected) => {
  expect(progressWords({ ...run, ...changes }, now)).toBe(expected);
});

test('the report tells what was done, and what was not read and why, with links', () => {
  const ended: ToldRun = {
    ...run,
    state: 'done',
    added: 3,
    changed: 1,
    rights: 2,
    kept: 40,
    failed: [{ id: '77', reason: 'could not be read: Confluence: 500' }],
    warnings: [{ id: '78', reason: 'holds no text, so it cannot be found.' }],
  };
  const coverage: Coverage = {
    source: 'confluence',
    documents: 44,
    fault: null,
    gaps: [
      {
        id: '12',
        title: 'VPN',
        url: 'https://acme.example/wiki/12',
        isComplete: true,
        gaps: [
          { kind: 'unsupported', what: 'drawio', count: 2 },
          { kind: 'attachment', what: 'plan.pdf', count: 1 },
        ],
      },
      {
        id: '13',
        title: 'Wi-Fi',
        url: 'https://acme.example/wiki/13',
        isComplete: false,
        gaps: [{ kind: 'unsupported', what: 'gliffy', count: 1 }],
      },
    ],
  };
  expect(reportWords([ended], [coverage])).toBe(
    `confluence
  3 new, 1 changed, 0 removed, 2 with other readers, 40 as before
  Not read: 77 could not be read: Confluence: 500
  78: holds no text, so it cannot be found.

confluence: 44 documents, 2 with something that was not read
  3 × unsupported
  1 × attachment
  VPN  https://acme.example/wiki/12
    2 × drawio: not understood
    plan.pdf: a file, never opened
  Wi-Fi (incomplete)  https://acme.example/wiki/13
    gliffy: not understood`,
  );
});

test('a dry run says that nothing was written, and a source that needs somebody says what to do', () => {
  const refused = { ...run, state: 'broken-off' as const, dry: true, error: 'Notion: refuses NOTION_TOKEN' };
  const coverage = { source: 'notion', documents: 2, gaps: [], fault: 'Notion: refuses NOTION_TOKEN' };
  expect(reportWords([refused], [coverage])).toBe(
    `confluence (dry run: nothing was written)
  0 new, 0 changed, 0 removed, 0 with other readers, 0 as before
  Broken off: Notion: refuses NOTION_TOKEN

notion: 2 documents, all read completely
  Needs you: Notion: refuses NOTION_TOKEN`,
  );
});
