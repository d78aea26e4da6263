import { EVERYONE, type Gap } from '#domain/knowledge.ts';
import type { SyncResult } from '#domain/sync-run.ts';
import { DocumentFault, RemoteError } from '#errors.ts';
import type { KnowledgeSource } from '#knowledge-ports.ts';
import type { SyncRuns } from '#ports.ts';
import { syncRecorded } from '../../knowledge-sync/recorded.ts';
import type { SyncOptions } from '../../knowledge-sync/sync.ts';

const startedAt = new Date('2026-03-01T09:00:00Z');
const nothing = { added: 0, changed: 0, removed: 0, rights: 0, kept: 0, chunks: 0, failed: [], warnings: [] };

/** A sync of documents that take `msEach` by a clock of the test's own, and what is recorded of it. */
function setUp(
  ids: readonly string[],
  { msEach = 100, faults = {} as Record<string, Error>, gapsOf = {} as Record<string, readonly Gap[]> } = {},
) {
  const written: string[] = [];
  const ended: SyncResult[] = [];
  const warned: string[] = [];
  let now = startedAt.getTime();
  const runs: SyncRuns = {
    async begin(source, at, dry) {
      written.push(`begin ${source} ${at.toISOString()}${dry === true ? ' dry' : ''}`);
      return { runId: '7' };
    },
    async recordProgress(runId, { done, toRead, chunks }) {
      written.push(`${runId}: ${done}/${toRead} ${chunks}`);
    },
    async end(runId, result) {
      written.push(`end ${runId}`);
      ended.push(result);
    },
    latest: async () => [],
    noteFault: async () => false,
    fault: async () => null,
  };
  const source: KnowledgeSource = {
    name: 'wiki',
    async *list() {
      for (const id of ids) yield { id, revision: '1', audience: null };
    },
    async read(id) {
      now += msEach;
      const fault = faults[id];
      if (fault !== undefined) throw fault;
      const text = { title: id, url: `https://wiki.example/${id}`, markdown: 'Restart it.', audience: EVERYONE };
      return { source: 'wiki', id, revision: '1', updatedAt: null, gaps: gapsOf[id] ?? [], isComplete: true, ...text };
    },
    groups: async () => [],
    lookUp: async () => null,
  };
  const knowledge: SyncOptions['knowledge'] = {
    stored: async () => new Map(),
    put: async ({ id }) => void written.push(`put ${id}`),
    putAudiences: async () => {},
    remove: async () => {},
    holdsAny: async () => true,
    removeOtherSources: async () => [],
    putGroups: async () => void written.push('groups'),
    groupsOf: async () => [],
    coverage: async () => ({ documents: 0, gaps: [] }),
  };
  const log = { debug() {}, info() {}, error() {}, warn: (message: string) => void warned.push(message) };
  const options = { source, knowledge, runs, log, clock: () => new Date(now) };
  return { options, runs, written, ended, warned };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `d${index + 1}`);

test('a sync of few documents is recorded from its beginning to its end, each document on the way', async () => {
  const { options, written, ended } = setUp(['a', 'b']);
  const report = await syncRecorded(options);
  const steps = ['groups', '7: 0/2 0', 'put a', '7: 1/2 1', 'put b', '7: 2/2 2'];
  expect(written).toEqual(['begin wiki 2026-03-01T09:00:00.000Z', ...steps, 'end 7']);
  const at = new Date(startedAt.getTime() + 200);
  expect(ended).toEqual([{ ...nothing, added: 2, chunks: 2, error: null, at }]);
  expect(report).toMatchObject({ source: 'wiki', added: 2, brokenOff: null });
});

test('of many documents at most two are recorded a second, and the last one', async () => {
  const { options, written } = setUp(numbered(33), { msEach: 100 });
  await syncRecorded(options);
  const counts = written.filter((line) => line.startsWith('7:')).map((line) => line.split(' ')[1]);
  expect(counts).toEqual(['0/33', '5/33', '10/33', '15/33', '20/33', '25/33', '30/33', '33/33']);
});

test('what could not be read is recorded with why', async () => {
  const { options, ended } = setUp(['a', 'b'], { faults: { a: new DocumentFault('has no title.') } });
  await syncRecorded(options);
  expect(ended).toMatchObject([{ added: 1, failed: [{ id: 'a', reason: 'has no title.' }], error: null }]);
});

test('a sync that is broken off is recorded as that, with how far it came', async () => {
  const down = new RemoteError('wiki', 'unavailable', { message: 'down' });
  const faults = Object.fromEntries(
    numbered(30)
      .slice(2)
      .map((id) => [id, down]),
  );
  const { options, written, ended } = setUp(numbered(30), { msEach: 1, faults });
  const source = { ...options.source, lookUp: () => Promise.reject(down) };
  const { brokenOff } = await syncRecorded({ ...options, source });
  expect(brokenOff).toBe(down);
  expect(ended).toMatchObject([{ added: 2, error: 'wiki: down' }]);
  expect(written.slice(-2)).toEqual(['7: 7/30 2', 'end 7']);
});

test('a store that fails is recorded where it still can be, and thrown', async () => {
  const { options, ended } = setUp(['a']);
  const broken = new Error('connection lost');
  options.knowledge.stored = async () => {
    throw broken;
  };
  await expect(syncRecorded(options)).rejects.toBe(broken);
  expect(ended).toEqual([{ ...nothing, error: 'The store failed; the log says why.', at: startedAt }]);
});

test('a store that cannot even record that failure does not hide it', async () => {
  const { options, runs } = setUp(['a']);
  const broken = new Error('connection lost');
  options.knowledge.stored = async () => {
    throw broken;
  };
  runs.end = async () => {
    throw new Error('still lost');
  };
  await expect(syncRecorded(options)).rejects.toBe(broken);
});

test('progress that cannot be recorded is left out, and the sync goes on', async () => {
  const { options, runs, ended, warned } = setUp(['a', 'b']);
  runs.recordProgress = async () => {
    throw new Error('busy');
  };
  await syncRecorded(options);
  expect(ended).toMatchObject([{ added: 2, error: null }]);
  expect(new Set(warned)).toEqual(new Set(['progress of a sync not recorded']));
});

test('a sync whose beginning cannot be recorded does not begin', async () => {
  const { options, runs, written } = setUp(['a']);
  runs.begin = async () => {
    throw new Error('the database is down');
  };
  await expect(syncRecorded(options)).rejects.toThrow('the database is down');
  expect(written).toEqual([]);
});

test('a dry run reads everything, writes nothing, and tells what was not read', async () => {
  const gapsOf = { b: [{ kind: 'unsupported' as const, what: 'drawio', count: 1 }] };
  const { options, written, ended } = setUp(['a', 'b'], { gapsOf });
  await syncRecorded({ ...options, dry: true });
  expect(written).toEqual(['begin wiki 2026-03-01T09:00:00.000Z dry', '7: 0/2 0', '7: 1/2 1', '7: 2/2 2', 'end 7']);
  expect(ended).toMatchObject([{ added: 2, warnings: [{ id: 'b', reason: 'drawio: not understood' }] }]);
});
