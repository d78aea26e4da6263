interface SyncWords {
  readonly runSince: (syncs: readonly object[], askedAt?: string, source?: string) => object | null;
  readonly statusWords: (status: object | undefined, asked: object | null) => string;
  readonly runWords: (run: object, now?: number) => string;
  readonly lastRuns: (syncs: readonly object[]) => ReadonlyMap<string, object>;
}
interface GapWords {
  readonly gapWords: (gap: object) => string;
  readonly coverageWords: (coverage: object) => string;
}
interface ByFolder {
  readonly byFolder: (articles: readonly object[]) => readonly (readonly [string, readonly { title: string }[]])[];
  readonly bySystem: (
    articles: readonly object[],
    systems: readonly object[],
  ) => readonly (readonly [object, readonly object[]])[];
  readonly folderName: (folder: string) => string;
}

// the browser's files have no types; the paths are values, so that the compiler does not look for any
const files: readonly string[] = ['sync-words', 'by-folder', 'gap-words'].map(
  (name) => `../../../sandbox/web/knowledge/${name}.js`,
);
const { runSince, statusWords, runWords, lastRuns } = (await import(files[0] ?? '')) as SyncWords;
const { byFolder, bySystem, folderName } = (await import(files[1] ?? '')) as ByFolder;

const { gapWords, coverageWords } = (await import(files[2] ?? '')) as GapWords;

const before = '2026-01-01T10:00:00.000Z';
const askedAt = '2026-01-01T10:05:00.000Z';
const after = '2026-01-01T10:05:01.000Z';

function run(part: object = {}) {
  return {
    source: 'markdown',
    state: 'done',
    startedAt: after,
    endedAt: '2026-01-01T10:05:01.210Z',
    toRead: 1,
    done: 1,
    added: 0,
    changed: 1,
    removed: 0,
    kept: 65,
    failed: [],
    warnings: [],
    error: null,
    ...part,
  };
}

test.each([
  ['done', run(), 'Done: 1 changed, 65 as they were, 0.2 s'],
  ['done with nothing to do', run({ changed: 0, kept: 66 }), 'Done: nothing changed, 66 as they were, 0.2 s'],
  [
    'done with everything',
    run({ added: 2, removed: 3, kept: 1, failed: [{}, {}], warnings: [{}], endedAt: '2026-01-01T10:05:13.400Z' }),
    'Done: 2 new, 1 changed, 3 removed, 2 not read, 1 warning, 1 as it was, 12 s',
  ],
  ['running', run({ state: 'running', done: 0 }), 'Reading 1 of 1…'],
  ['running, the last one done', run({ state: 'running', toRead: 3, done: 3 }), 'Reading 3 of 3…'],
  ['running, nothing found yet', run({ state: 'running', toRead: 0, done: 0 }), 'Looking for changes…'],
  ['broken off', run({ state: 'broken-off', error: 'The folder is gone.' }), 'Broken off: The folder is gone.'],
])('a reading that is %s', (_, one, words) => expect(runWords(one)).toBe(words));

const asked = { askedAt };
const old = run({ startedAt: before, endedAt: before, changed: 66, kept: 0 });
const status = { available: true, botState: 'up', syncs: [old] };

test.each([
  ['nothing is known yet', undefined, asked, ''],
  ['nothing was asked for', status, null, 'Done: 66 changed, 0 as they were, 0.0 s'],
  ['nothing was ever read', { ...status, syncs: [] }, null, 'Not read yet.'],
  ['it was asked for and has not begun', status, asked, 'Waiting for the bot…'],
  ['it has begun', { ...status, syncs: [run({ state: 'running', done: 0 }), old] }, asked, 'Reading 1 of 1…'],
  ['it is over', { ...status, syncs: [run(), old] }, asked, 'Done: 1 changed, 65 as they were, 0.2 s'],
  [
    'the bot is down',
    { available: false, botState: 'down', syncs: [] },
    asked,
    'The bot is down. It reads the change once it is back.',
  ],
  [
    'the bot is down and nothing was asked for',
    { available: false, botState: 'down', syncs: [] },
    null,
    'The bot is down. How far it has read is not known.',
  ],
  [
    'the bot starts',
    { available: false, botState: 'starting', syncs: [] },
    asked,
    'The bot is starting. It reads the change once it is back.',
  ],
  [
    'the bot does not tell',
    { available: false, botState: 'up', syncs: [] },
    asked,
    'The bot does not say how far it has read. It looks for changes every few minutes.',
  ],
])('the line says where it stands when %s', (_, known, wish, words) => expect(statusWords(known, wish)).toBe(words));

test('how fast a reading goes is told once something was read, and how long it will take', () => {
  const running = run({ state: 'running', endedAt: null, toRead: 94, done: 30 });
  const now = Date.parse(after) + 10_000;
  expect(runWords(running, now)).toBe('Reading 31 of 94… 3.0 a second, 22 s left');
  expect(runWords({ ...running, done: 0 }, now)).toBe('Reading 1 of 94…');
  expect(runWords({ ...running, toRead: 0, done: 0, listed: 24 }, now)).toBe('Looking for changes… 24 found');
});

test('documents with other readers are counted, and a dry run says what would be', () => {
  const other = run({ changed: 0, rights: 2, kept: 64 });
  expect(runWords(other)).toBe('Done: 2 with other readers, 64 as they were, 0.2 s');
  expect(runWords({ ...other, dry: true })).toBe('Would be: 2 with other readers, 64 as they were, 0.2 s');
});

const notion = run({ source: 'notion', changed: 0, kept: 24 });
const confluence = run({ source: 'confluence', changed: 0, kept: 36 });

test.each([
  ['all is read', [notion, confluence], null, 'All 2 sources are read: 60 documents.'],
  [
    'one is being read',
    [run({ source: 'notion', state: 'running', done: 0 }), confluence],
    null,
    'Notion: Reading 1 of 1…',
  ],
  [
    'two are being read',
    [notion, confluence].map((one) => ({ ...one, state: 'running', toRead: 20, done: 5 })),
    null,
    'Reading 2 sources: 10 of 40…',
  ],
  [
    'one broke off',
    [notion, run({ source: 'confluence', state: 'broken-off', error: 'No.' })],
    null,
    'Broken off: Confluence.',
  ],
  [
    'one of them was asked for',
    [notion, { ...confluence, startedAt: before }],
    { ...asked, queued: ['notion'] },
    'Notion: Done: nothing changed, 24 as they were, 0.2 s',
  ],
  [
    'the one that was asked for has not begun',
    [notion, { ...confluence, startedAt: before }],
    { ...asked, queued: ['confluence'] },
    'Waiting for the bot…',
  ],
])('of several sources the line says how all of them stand when %s', (_, syncs, wish, words) => {
  expect(statusWords({ available: true, botState: 'up', syncs }, wish)).toBe(words);
});

test('the last reading of each source counts, a dry one is none', () => {
  const dry = { ...notion, dry: true };
  expect([...lastRuns([dry, confluence, notion, old]).entries()]).toEqual([
    ['confluence', confluence],
    ['notion', notion],
    ['markdown', old],
  ]);
  expect(runSince([dry], askedAt, 'notion')).toBeNull();
  expect(runSince([notion, confluence], askedAt, 'confluence')).toBe(confluence);
});

test.each([
  [{ kind: 'unsupported', what: 'drawio', count: 3 }, '3 × drawio: not understood'],
  [{ kind: 'attachment', what: 'plan.pdf', count: 1 }, 'plan.pdf: a file, never opened'],
  [{ kind: 'other', what: 'x', count: 1 }, 'x: other'],
])('the gap %j is told as %j', (gap, words) => expect(gapWords(gap)).toBe(words));

test.each([
  [{ documents: 1, gaps: [] }, '1 document, all read completely'],
  [{ documents: 36, gaps: [{}, {}] }, '36 documents, 2 with something not read'],
])('the coverage %j is told as %j', (coverage, words) => expect(coverageWords(coverage)).toBe(words));

test('articles stand by system, in the order of the systems', () => {
  const systems = [{ system: 'confluence' }, { system: 'notion' }, { system: 'markdown' }];
  const one = { system: 'markdown', title: 'Mail' };
  const other = { system: 'confluence', title: 'VPN' };
  expect(bySystem([one, other], systems)).toEqual([
    [{ system: 'confluence' }, [other]],
    [{ system: 'markdown' }, [one]],
  ]);
});

test('of several readings since it was asked for, the first counts', () => {
  const first = run({ kept: 1 });
  const later = run({ startedAt: '2026-01-01T10:06:00.000Z' });
  expect(runSince([later, first, old], askedAt)).toBe(first);
  expect(runSince([old], askedAt)).toBeNull();
  expect(runSince([old], undefined)).toBeNull();
});

test('articles stand by folder, both by name', () => {
  const articles = [
    { folder: 'network', title: 'Wi-Fi' },
    { folder: 'access', title: 'GitHub' },
    { folder: '', title: 'Read me' },
    { folder: 'network', title: 'VPN' },
  ];
  expect(byFolder(articles).map(([folder, inside]) => [folder, inside.map(({ title }) => title)])).toEqual([
    ['', ['Read me']],
    ['access', ['GitHub']],
    ['network', ['VPN', 'Wi-Fi']],
  ]);
});

test.each([
  ['', 'Without a folder'],
  ['network', 'Network'],
  ['it/remote-work', 'It / Remote work'],
  ['<b>', '<b>'],
  ['--', '--'],
])('the folder %j is called %j', (folder, name) => expect(folderName(folder)).toBe(name));
