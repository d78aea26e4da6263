import { createModelFaults } from '../../../src/flows/model-faults.ts';
import { RemoteError } from '#errors.ts';
import { at, type Desk, openDesk } from './helpdesk.ts';

let desk: Desk;
let now: Date;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  now = at;
  await desk.database.knex('source_fault').del();
});
afterAll(() => desk.database.close());

const admins = ['ann@acme.example', 'bob@acme.example'];
const wrongKey = new RemoteError('openai', 'unauthorized', { message: 'wrong key' });
const lengths = { kept: 3, given: 2 };

/** As a process of its own has it. */
const open = () => createModelFaults({ store: desk.store, admins, clock: () => now });
const later = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000));
const told = async () => (await desk.jobs('tell-admin')).map(({ source, email }) => `${source} > ${email}`);
const toBoth = (source: string) => admins.map((email) => `${source} > ${email}`);

test('each admin is told once until the model answers again; what passes by itself is no news', async () => {
  const faults = open();
  await faults.failed('m', new RemoteError('openai', 'unavailable', { message: 'down' }));
  expect(await told()).toEqual([]);
  await faults.failed('m', wrongKey);
  expect(await told()).toEqual(toBoth('model/m'));
  await faults.failed('m', wrongKey);
  expect(await told()).toEqual([]);
  await faults.answered('m');
  await faults.failed('m', wrongKey);
  expect(await told()).toEqual(toBoth('model/m'));
});

test('a fault that another process has noted, and has not lived to clear, is cleared after some minutes', async () => {
  const [gone, alive] = [open(), open()];
  await alive.answered('m');
  await gone.failed('m', wrongKey);
  expect(await told()).toEqual(toBoth('model/m'));
  later(4);
  await alive.answered('m');
  expect(await desk.store.syncRuns.fault('model/m')).toContain('wrong key');
  later(1);
  await alive.answered('m');
  expect(await desk.store.syncRuns.fault('model/m')).toBeNull();
  await alive.failed('m', wrongKey);
  expect(await told()).toEqual(toBoth('model/m'));
});

test('while a model answers its record is looked at once in five minutes', async () => {
  let looks = 0;
  const syncRuns = { ...desk.store.syncRuns, noteFault: async () => (looks += 1) > 0 };
  const faults = createModelFaults({ store: { ...desk.store, syncRuns }, admins, clock: () => now });
  for (let minute = 0; minute < 10; minute += 1) {
    await faults.answered('m');
    later(1);
  }
  expect(looks).toBe(2);
});

test('vectors of another length are told of once, though the model answers, until they fit', async () => {
  const faults = open();
  for (let times = 0; times < 3; times += 1) {
    later(10);
    await faults.answered('m');
    await faults.outgrown('m', lengths);
  }
  expect(await told()).toEqual(toBoth('model/m length'));
  const fault = await desk.store.syncRuns.fault('model/m length');
  expect(fault).toContain('vectors of 2 numbers, and those I keep have 3. Set OPENAI_EMBEDDING_DIMENSIONS');
  await faults.fits('m');
  expect(await desk.store.syncRuns.fault('model/m length')).toBeNull();
  await faults.outgrown('m', lengths);
  expect(await told()).toEqual(toBoth('model/m length'));
});
