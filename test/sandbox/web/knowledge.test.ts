interface SyncWords {
  readonly runSince: (syncs: readonly object[], askedAt?: string) => object | null;
  readonly statusWords: (status: object | undefined, asked: object | null) => string;
  readonly runWords: (run: object) => string;
}
interface ByFolder {
  readonly byFolder: (articles: readonly object[]) => readonly (readonly [string, readonly { title: string }[]])[];
  readonly folderName: (folder: string) => string;
}

// the browser's files have no types; the paths are values, so that the compiler does not look for any
const files: readonly string[] = ['sync-words', 'by-folder'].map((name) => `../../../sandbox/web/knowledge/${name}.js`);
const { runSince, statusWords, runWords } = (await import(files[0] ?? '')) as SyncWords;
const { byFolder, folderName } = (await import(files[1] ?? '')) as ByFolder;

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
