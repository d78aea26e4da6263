import { type Chunk, type Document, EVERYONE, type Group, groupName, NOBODY } from '#domain/knowledge.ts';
import { DocumentFault, RemoteError } from '#errors.ts';
import type { KnowledgeSource, ListedDocument } from '#knowledge-ports.ts';
import { type SyncOptions, type SyncProgress, syncSource } from '../../knowledge-sync/sync.ts';

/** A source in memory that counts what it is asked. `listing` and `faults` make it fail. */
function fakeSource(documents: readonly Document[] = []) {
  const state = {
    documents: new Map(documents.map((document) => [document.id, document])),
    groups: [] as readonly Group[],
    groupsError: null as Error | null,
    faults: new Map<string, Error>(),
    /** Listed, but gone when they are read. */
    vanished: [] as string[],
    /** There, but missing from the listing. */
    hidden: [] as string[],
    lookUpError: null as Error | null,
    lookedUp: [] as string[],
    listing: {
      failsAfter: Number.POSITIVE_INFINITY,
      error: new RemoteError('wiki', 'unavailable', { message: 'down' }),
    },
    reads: [] as string[],
    inHand: 0,
    mostInHand: 0,
  };
  async function* list(): AsyncGenerator<ListedDocument> {
    let listed = 0;
    for (const { id, revision, audience } of state.documents.values()) {
      if (listed === state.listing.failsAfter) throw state.listing.error;
      if (state.hidden.includes(id)) continue;
      yield { id, revision, audience };
      listed += 1;
    }
  }
  async function read(id: string): Promise<Document | null> {
    state.reads.push(id);
    state.inHand += 1;
    state.mostInHand = Math.max(state.mostInHand, state.inHand);
    await new Promise(setImmediate);
    state.inHand -= 1;
    const fault = state.faults.get(id);
    if (fault !== undefined) throw fault;
    return state.vanished.includes(id) ? null : (state.documents.get(id) ?? null);
  }
  async function lookUp(id: string): Promise<ListedDocument | null> {
    state.lookedUp.push(id);
    if (state.lookUpError !== null) throw state.lookUpError;
    const found = state.documents.get(id);
    return found === undefined ? null : { id, revision: found.revision, audience: found.audience };
  }
  async function groups(): Promise<readonly Group[]> {
    if (state.groupsError !== null) throw state.groupsError;
    return state.groups;
  }
  const source: KnowledgeSource = { name: 'wiki', groups, list, lookUp, read };
  return { source, state };
}

/** A store in memory that notes every write, in order. */
function fakeKnowledge() {
  const stored = new Map<string, { document: Document; chunks: readonly Chunk[] }>();
  const writes: string[] = [];
  const refused = new Set<string>();
  const knowledge: SyncOptions['knowledge'] = {
    async stored() {
      return new Map(
        Array.from(
          stored,
          ([
            id,
            {
              document: { revision, audience, isComplete },
            },
          ]) => [id, { revision: isComplete ? revision : '', audience, isComplete }],
        ),
      );
    },
    async putAudiences(source, audiences) {
      writes.push(`rights ${[...audiences.keys()].join(' ')} of ${source}`);
      for (const [id, audience] of audiences) {
        const entry = stored.get(id);
        if (entry !== undefined) stored.set(id, { ...entry, document: { ...entry.document, audience } });
      }
    },
    groupsOf: async () => [],
    holdsAny: async () => true,
    removeOtherSources: async () => [],
    coverage: async () => ({ documents: stored.size, gaps: [] }),
    async put(document, chunks) {
      if (refused.has(document.id)) throw new Error('cannot store this');
      writes.push(`put ${document.id}`);
      stored.set(document.id, { document, chunks });
    },
    async remove(source, ids) {
      writes.push(`remove ${ids.join(' ')} of ${source}`);
      for (const id of ids) stored.delete(id);
    },
    async putGroups(source, groups) {
      writes.push(`groups ${groups.map(({ name }) => name).join(' ')} of ${source}`);
    },
  };
  return { knowledge, stored, writes, refused };
}

function document(id: string, changes: Partial<Document> = {}): Document {
  return {
    source: 'wiki',
    id,
    title: id,
    url: `https://wiki.example/${id}`,
    revision: '1',
    updatedAt: null,
    markdown: `# Steps\nOpen ${id}.`,
    audience: EVERYONE,
    gaps: [],
    isComplete: true,
    ...changes,
  };
}

const start = new Date('2026-03-01T09:00:00Z');

function fakeLog() {
  const lines: unknown[] = [];
  const write = (level: string) => (message: string, fields?: object) => void lines.push({ level, message, ...fields });
  return { lines, log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } };
}

/** Source, store and a sync of one into the other; the clock goes on by a second whenever it is read. */
function setUp(documents: readonly Document[] = []) {
  const { source, state } = fakeSource(documents);
  const { lines, log } = fakeLog();
  const store = fakeKnowledge();
  let seconds = 0;
  const sync = (options: Partial<SyncOptions> = {}) =>
    syncSource({
      source,
      knowledge: store.knowledge,
      log,
      clock: () => new Date(start.getTime() + 1_000 * seconds++),
      ...options,
    });
  return { source: state, ...store, sync, lines };
}

const quiet = {
  added: 0,
  changed: 0,
  removed: 0,
  rights: 0,
  kept: 0,
  chunks: 0,
  failed: [],
  warnings: [],
  gaps: [],
  brokenOff: null,
};

const group = (name: string) => groupName('wiki', name);

test('the first sync stores groups, then all documents with their chunks', async () => {
  const { sync, source, stored, writes } = setUp([document('vpn'), document('mail')]);
  source.groups = [{ name: 'it', emails: ['ann@firm.example'] }];
  expect(await sync()).toEqual({ ...quiet, source: 'wiki', startedAt: start, tookMs: 1_000, added: 2, chunks: 2 });
  expect(writes).toEqual(['groups it of wiki', 'put vpn', 'put mail']);
  expect(stored.get('vpn')).toEqual({
    document: document('vpn'),
    chunks: [{ ordinal: 0, headings: ['Steps'], text: 'Open vpn.' }],
  });
});

test('a sync with nothing changed reads no document and writes none', async () => {
  const { sync, source, writes } = setUp([document('vpn'), document('mail')]);
  await sync();
  writes.length = source.reads.length = 0;
  expect(await sync()).toMatchObject({ ...quiet, kept: 2 });
  expect(source.reads).toEqual([]);
  expect(writes).toEqual(['groups  of wiki']);
});

test('a changed document is stored anew, a deleted one is removed, the rest is kept', async () => {
  const { sync, source, stored } = setUp([document('vpn'), document('mail'), document('wifi')]);
  await sync();
  source.documents.set('vpn', document('vpn', { revision: '2', audience: [[group('it')]] }));
  source.documents.delete('mail');
  expect(await sync()).toMatchObject({
    ...quiet,
    changed: 1,
    removed: 1,
    rights: 1,
    kept: 1,
    chunks: 1,
    warnings: [{ id: 'vpn' }],
  });
  expect(Array.from(stored.keys())).toEqual(['vpn', 'wifi']);
  expect(stored.get('vpn')?.document).toMatchObject({ revision: '2', audience: [[group('it')]] });
});

test('a renamed document is there under its new name before the old one goes', async () => {
  const { sync, source, writes } = setUp([document('old')]);
  await sync();
  source.documents = new Map([['new', document('new')]]);
  expect(await sync()).toMatchObject({ ...quiet, added: 1, removed: 1, chunks: 1 });
  expect(writes.slice(-2)).toEqual(['put new', 'remove old of wiki']);
});

test('a document that is gone when it is read is removed when it was stored, and forgotten when not', async () => {
  const { sync, source, stored, writes } = setUp([document('vpn')]);
  await sync();
  source.documents.set('vpn', document('vpn', { revision: '2' }));
  source.documents.set('mail', document('mail'));
  source.vanished = ['vpn', 'mail'];
  expect(await sync()).toMatchObject({ ...quiet, removed: 1 });
  expect(writes.at(-1)).toBe('remove vpn of wiki');
  expect(stored.size).toBe(0);
});

describe('faults', () => {
  test.each([
    ['of its own', new DocumentFault('is not UTF-8.'), 'is not UTF-8.'],
    ['of the source', new RemoteError('wiki', 'unavailable', { message: '503' }), 'could not be read: wiki: 503'],
    [
      'of the program',
      new TypeError('x is not a function'),
      'could not be read or stored (TypeError); the log says more.',
    ],
  ])(
    'a document with a fault %s is reported by name and keeps its stored copy; the rest goes on',
    async (_, fault, reason) => {
      const { sync, source, stored } = setUp([document('vpn'), document('mail')]);
      await sync();
      source.documents = new Map(['vpn', 'mail', 'wifi'].map((id) => [id, document(id, { revision: '2' })]));
      source.faults.set('vpn', fault);
      const expected = { ...quiet, added: 1, changed: 1, chunks: 2, failed: [{ id: 'vpn', reason }] };
      expect(await sync()).toMatchObject(expected);
      expect(Array.from(stored, ([id, entry]) => [id, entry.document.revision])).toEqual([
        ['vpn', '1'],
        ['mail', '2'],
        ['wifi', '2'],
      ]);
      source.faults.clear();
      expect(await sync()).toMatchObject({ ...quiet, changed: 1, kept: 2, chunks: 1 });
    },
  );

  test('a document that the store refuses is reported, and does not stop the others', async () => {
    const { sync, refused, stored } = setUp([document('vpn'), document('mail')]);
    refused.add('vpn');
    const reason = 'could not be read or stored (Error); the log says more.';
    expect(await sync()).toMatchObject({ ...quiet, added: 1, chunks: 1, failed: [{ id: 'vpn', reason }] });
    expect(Array.from(stored.keys())).toEqual(['mail']);
  });

  test('a document of too many lines is reported', async () => {
    const { sync } = setUp([document('log', { markdown: 'a\n'.repeat(100_001) })]);
    const reason = 'has more than 100,000 lines: split it into several documents.';
    expect(await sync()).toMatchObject({ ...quiet, failed: [{ id: 'log', reason }] });
  });

  test('groups with a fault are reported and stay as they were; documents are synced', async () => {
    const { sync, source, writes } = setUp([document('vpn', { audience: [[group('it')]] })]);
    source.groupsError = new DocumentFault('groups.yml is not valid YAML.');
    expect(await sync()).toMatchObject({
      ...quiet,
      added: 1,
      chunks: 1,
      failed: [{ id: 'groups', reason: 'groups.yml is not valid YAML.' }],
    });
    expect(writes).toEqual(['put vpn']);
  });

  test('every remark is in the log', async () => {
    const { sync, source, lines } = setUp([document('vpn'), document('mail', { audience: NOBODY })]);
    source.faults.set('vpn', new DocumentFault('has no title.'));
    await sync();
    expect(lines).toEqual([
      { level: 'warn', message: 'document not synced', source: 'wiki', documentId: 'vpn', reason: 'has no title.' },
      {
        level: 'warn',
        message: 'document synced with a warning',
        source: 'wiki',
        documentId: 'mail',
        reason: 'names no audience, so nobody may read it.',
      },
      expect.objectContaining({ level: 'info', message: 'sync ended', added: 1, failed: 1, warnings: 1 }),
    ]);
  });
});

describe('breaking off', () => {
  const down = new RemoteError('wiki', 'unavailable', { message: 'down' });

  test('an incomplete listing stores what it has, removes nothing, and says why', async () => {
    const { sync, source, stored } = setUp([document('vpn'), document('mail'), document('wifi')]);
    await sync();
    source.documents = new Map(['new', 'vpn'].map((id) => [id, document(id)]));
    source.listing.failsAfter = 1;
    expect(await sync()).toMatchObject({ ...quiet, added: 1, chunks: 1, brokenOff: source.listing.error });
    expect(Array.from(stored.keys())).toEqual(['vpn', 'mail', 'wifi', 'new']);
    source.listing.failsAfter = Number.POSITIVE_INFINITY;
    expect(await sync()).toMatchObject({ ...quiet, removed: 2, kept: 2 });
  });

  test('a source that cannot tell its groups is not listed, and nothing is written', async () => {
    const { sync, source, writes } = setUp([document('vpn')]);
    source.groupsError = down;
    expect(await sync()).toMatchObject({ ...quiet, brokenOff: down });
    expect(writes).toEqual([]);
  });

  test('five failures in a row mean that the source is down: it is left alone, and nothing is removed', async () => {
    const { sync, source, stored } = setUp([document('old')]);
    await sync();
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    source.documents = new Map(ids.map((id) => [id, document(id)]));
    for (const id of ids.slice(1)) source.faults.set(id, down);
    source.lookUpError = down;
    source.reads.length = 0;
    const report = await sync();
    expect(report).toMatchObject({ added: 1, removed: 0, brokenOff: down });
    expect(report.failed.map(({ id }) => id)).toEqual(['old', 'b', 'c', 'd', 'e', 'f']);
    expect(source.reads).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(Array.from(stored.keys())).toEqual(['old', 'a']);
  });

  test('not when the source still tells of them: the rest is read, and what is gone goes', async () => {
    const { sync, source, stored } = setUp([document('old')]);
    await sync();
    const ids = Array.from({ length: 20 }, (_, index) => `d${index}`);
    source.documents = new Map(ids.map((id) => [id, document(id)]));
    for (const id of ids.slice(0, 12)) source.faults.set(id, down);
    expect(await sync()).toMatchObject({ added: 8, removed: 1, brokenOff: null });
    expect([...stored.keys()]).toEqual(ids.slice(12));
  });

  test('a source that gives none of fifty is left alone all the same', async () => {
    const { sync, source } = setUp(Array.from({ length: 80 }, (_, index) => document(`d${index}`)));
    for (const id of source.documents.keys()) source.faults.set(id, down);
    const report = await sync();
    expect(report.brokenOff).toBe(down);
    expect(report.failed).toHaveLength(50);
  });

  test('documents with faults of their own never mean that', async () => {
    const { sync, source } = setUp(Array.from({ length: 9 }, (_, index) => document(`d${index}`)));
    for (const id of source.documents.keys()) source.faults.set(id, new DocumentFault('has no title.'));
    const report = await sync();
    expect(report.brokenOff).toBeNull();
    expect(report.failed).toHaveLength(9);
  });

  test('a sync that is told to stop finishes the document in hand; the next one goes on from there', async () => {
    const { sync, source, stored } = setUp([document('a'), document('b'), document('c')]);
    const stop = new AbortController();
    const report = await sync({ signal: stop.signal, onProgress: ({ done }) => done === 1 && stop.abort() });
    expect(report).toMatchObject({ ...quiet, added: 1, chunks: 1, brokenOff: expect.any(Error) });
    expect(Array.from(stored.keys())).toEqual(['a']);
    expect(await sync()).toMatchObject({ ...quiet, added: 2, kept: 1, chunks: 2 });
    expect(source.reads).toEqual(['a', 'b', 'c']);
  });
});

test.each([
  ['no audience', { audience: NOBODY }, ['names no audience, so nobody may read it.']],
  [
    'groups that the source does not have',
    {
      audience: [
        ['everyone', 'person:ann@firm.example', group('it'), group('HR')],
        [group('ops'), 'group:other/x'],
      ],
    },
    ['is meant for groups that the source does not have: HR, ops.'],
  ],
  ['no text', { markdown: '# Coming soon' }, ['holds no text, so it cannot be found.']],
  ['nothing of this', { audience: [[group('it')]] }, []],
])('a document with %s is stored, with a warning', async (_, changes, reasons) => {
  const { sync, source, stored } = setUp([document('vpn', changes)]);
  source.groups = [{ name: 'it', emails: [] }];
  const { added, warnings } = await sync();
  expect({ added, warnings }).toEqual({ added: 1, warnings: reasons.map((reason) => ({ id: 'vpn', reason })) });
  expect(stored.has('vpn')).toBe(true);
});

test('progress counts what is done, what failed, and chunks', async () => {
  const { sync, source } = setUp([document('a'), document('b'), document('c', { markdown: 'a\n# B\nb' })]);
  source.faults.set('b', new DocumentFault('has no title.'));
  const seen: SyncProgress[] = [];
  await sync({ onProgress: (progress) => seen.push(progress) });
  expect(seen).toEqual([
    { source: 'wiki', listed: 3, toRead: 3, done: 0, failed: 0, chunks: 0 },
    { source: 'wiki', listed: 3, toRead: 3, done: 1, failed: 0, chunks: 1 },
    { source: 'wiki', listed: 3, toRead: 3, done: 2, failed: 1, chunks: 1 },
    { source: 'wiki', listed: 3, toRead: 3, done: 3, failed: 1, chunks: 3 },
  ]);
});

describe('rights', () => {
  test('of a document whose text stays are written without reading it', async () => {
    const { sync, source, stored, writes } = setUp([document('vpn'), document('mail')]);
    await sync();
    source.documents.set('vpn', document('vpn', { audience: [[group('it')]] }));
    source.reads.length = writes.length = 0;
    expect(await sync()).toMatchObject({ ...quiet, rights: 1, kept: 1 });
    expect(source.reads).toEqual([]);
    expect(writes).toEqual(['groups  of wiki', 'rights vpn of wiki']);
    expect(stored.get('vpn')?.document.audience).toEqual([[group('it')]]);
  });

  test('are closed before anything is read, also of a document that then cannot be', async () => {
    const { sync, source, stored, writes } = setUp([document('vpn'), document('mail')]);
    await sync();
    source.documents.set('vpn', document('vpn', { revision: '2', audience: NOBODY }));
    source.documents.set('mail', document('mail', { revision: '2' }));
    source.faults.set('vpn', new DocumentFault('is odd.'));
    writes.length = 0;
    await sync();
    expect(writes).toEqual(['groups  of wiki', 'rights vpn of wiki', 'put mail']);
    expect(stored.get('vpn')?.document).toMatchObject({ revision: '1', audience: NOBODY });
  });

  test('named in another order are the same', async () => {
    const { sync, source, writes } = setUp([document('vpn', { audience: [['a', 'b'], ['c']] })]);
    await sync();
    source.documents.set('vpn', document('vpn', { audience: [['c'], ['b', 'a', 'b']] }));
    writes.length = 0;
    expect(await sync()).toMatchObject({ ...quiet, kept: 1 });
    expect(writes).toEqual(['groups  of wiki']);
  });
});

describe('what the listing lacks', () => {
  test('is kept when the source still has it, and read when it changed', async () => {
    const { sync, source, stored, writes } = setUp([document('vpn'), document('mail'), document('wifi')]);
    await sync();
    source.hidden = ['vpn', 'mail'];
    source.documents.set('mail', document('mail', { revision: '2', audience: NOBODY }));
    writes.length = 0;
    expect(await sync()).toMatchObject({ added: 0, changed: 1, kept: 2, removed: 0 });
    expect(source.lookedUp).toEqual(['vpn', 'mail']);
    expect(writes).toEqual(['groups  of wiki', 'rights mail of wiki', 'put mail']);
    expect([...stored.keys()]).toEqual(['vpn', 'mail', 'wifi']);
  });

  test('stays when it cannot be asked for, and is reported', async () => {
    const { sync, source, stored } = setUp([document('vpn'), document('mail')]);
    await sync();
    source.hidden = ['vpn'];
    source.lookUpError = new RemoteError('wiki', 'unavailable', { message: '503' });
    const reason = 'is missing from the listing, and could not be asked for: wiki: 503';
    expect(await sync()).toMatchObject({ ...quiet, kept: 1, failed: [{ id: 'vpn', reason }] });
    expect([...stored.keys()]).toEqual(['vpn', 'mail']);
  });

  test('is not removed by a source that refuses us', async () => {
    const { sync, source, stored } = setUp([document('vpn'), document('mail'), document('wifi')]);
    await sync();
    source.documents.clear();
    const refused = new RemoteError('wiki', 'unauthorized', { message: 'make a new token' });
    source.lookUpError = refused;
    expect(await sync()).toMatchObject({ removed: 0, brokenOff: refused });
    expect(source.lookedUp).toEqual(['vpn']);
    expect(stored.size).toBe(3);
  });
});

describe('a document that can be read only in part', () => {
  const gaps = [{ kind: 'unreadable' as const, what: 'toggle', count: 2 }];
  const part = document('vpn', { revision: '2', markdown: 'half', isComplete: false, gaps });

  test('does not replace a complete copy, and is tried again', async () => {
    const { sync, source, stored } = setUp([document('vpn')]);
    await sync();
    source.documents.set('vpn', part);
    const reason =
      'could be read only in part (2 × toggle: not given by the source): the complete copy from before stays.';
    expect(await sync()).toMatchObject({ ...quiet, failed: [{ id: 'vpn', reason }] });
    expect(stored.get('vpn')?.document.revision).toBe('1');
    source.documents.set('vpn', { ...part, isComplete: true, gaps: [] });
    expect(await sync()).toMatchObject({ ...quiet, changed: 1, chunks: 1 });
  });

  test('is better than nothing, and is read again until it is complete', async () => {
    const { sync, source, stored } = setUp([part]);
    const warning = 'could be read only in part (2 × toggle: not given by the source); the next sync tries again.';
    const expected = { chunks: 1, warnings: [{ id: 'vpn', reason: warning }] };
    expect(await sync()).toMatchObject({ ...quiet, ...expected, added: 1, gaps: [{ id: 'vpn' }] });
    expect(await sync()).toMatchObject({ ...quiet, ...expected, changed: 1, gaps: [{ id: 'vpn' }] });
    source.documents.set('vpn', { ...part, isComplete: true, gaps: [] });
    expect(await sync()).toMatchObject({ ...quiet, changed: 1, chunks: 1 });
    expect(await sync()).toMatchObject({ ...quiet, kept: 1 });
    expect(stored.get('vpn')?.document.isComplete).toBe(true);
  });
});

test.each([
  [undefined, 1],
  [3, 3],
])('with a concurrency of %s there are never more than %i documents in hand', async (concurrency, most) => {
  const { sync, source, stored } = setUp(Array.from({ length: 10 }, (_, index) => document(`d${index}`)));
  await sync(concurrency === undefined ? {} : { concurrency });
  expect(source.mostInHand).toBe(most);
  expect(source.reads).toHaveLength(10);
  expect(stored.size).toBe(10);
});
