import { createPeople } from '../../../adapters/teams/people.ts';
import { ana, channel, inChannel, member, outward, personal, tenantId, unavailable } from './outward-doubles.ts';

const known = { ref: ana, name: 'Ana Silva', email: 'Ana@example.com', outsider: false, bot: false };
const unknown = { name: 'Unknown person', email: null, outsider: true, bot: false };

describe('a person', () => {
  test.each<[string, Parameters<typeof member>[0], object]>([
    ['a colleague', {}, known],
    ['of whom no role is told', { userRole: null }, known],
    ['of whom no company is told', { tenantId: null }, { ...known, email: null, outsider: true }],
    ['without an address', { email: null }, { ...known, email: 'ana@example.com' }],
    ['with an empty address', { email: ' ' }, { ...known, email: 'ana@example.com' }],
    ['whose user name is none', { email: null, userPrincipalName: 'ana' }, { ...known, email: null }],
    [
      'whose user name is at Microsoft’s',
      { email: null, userPrincipalName: 'a@x.onmicrosoft.com' },
      { ...known, email: null },
    ],
    ['without a name', { name: '\u202E ' }, { ...known, name: 'Unknown person' }],
    ['a guest', { userRole: 'guest' }, { ...known, outsider: true }],
    ['a guest without an address', { userRole: 'guest', email: null }, { ...known, email: null, outsider: true }],
    [
      'a guest by the user name',
      { userRole: null, email: null, userPrincipalName: 'ana_x.example#EXT#@ours.example' },
      { ...known, email: null, outsider: true },
    ],
    ['somebody unnamed in a meeting', { userRole: 'anonymous' }, { ...known, email: null, outsider: true }],
    ['of another company, with any address', { tenantId: 'tenant-2' }, { ...known, email: null, outsider: true }],
    ['an app', { id: '28:other' }, { ...known, bot: true }],
  ])('%s', async (_, fields, expected) => {
    const { deps, calls } = await outward({ member: async () => member(fields) });
    expect(await createPeople(deps).person(ana)).toEqual(expected);
    expect(calls).toEqual([{ verb: 'member', args: [personal, '29:ana'] }]);
  });

  test('who has left the chat is asked for in their own one', async () => {
    const { deps, calls } = await outward({ member: async ({ id }) => (id === personal.id ? member() : null) });
    await deps.chats.saw(channel, { aadObjectId: 'aad-ana', userId: '29:ana' });
    expect(await createPeople(deps).person(ana)).toEqual(known);
    expect(calls.map(({ args }) => args[0])).toEqual([channel, personal]);
  });

  test('whom Teams does not tell us is an outsider, and so is who was never seen', async () => {
    const { deps, calls } = await outward();
    const { person } = createPeople(deps);
    expect(await person(ana)).toEqual({ ref: ana, ...unknown });
    expect(calls).toHaveLength(1);
    expect(await person(`teams/${tenantId}/nobody`)).toEqual({ ref: `teams/${tenantId}/nobody`, ...unknown });
    expect(calls).toHaveLength(1);
  });

  test('is not taken for an outsider because Teams cannot be asked', async () => {
    const { deps, state } = await outward();
    state.fail = () => unavailable;
    await expect(createPeople(deps).person(ana)).rejects.toBe(unavailable);
  });
});

describe('in an emulator', () => {
  const emulated = async (own: string, members: Parameters<typeof outward>[0] = {}) => {
    const { deps } = await outward(members);
    return createPeople({ ...deps, settings: { ...deps.settings, credentials: { kind: 'none' }, tenantId: own } });
  };

  test.each([
    ['of no company', null, ''],
    ['of no company, where one is set', null, tenantId],
    ['of any company, where none is set', 'tenant-2', ''],
  ])('somebody %s is a colleague', async (...[, tenant, own]) => {
    const people = await emulated(own, { member: async () => member({ tenantId: tenant }) });
    expect(await people.person(ana)).toEqual(known);
  });

  test('whom it does not tell is a colleague without an address', async () => {
    expect(await (await emulated('')).person(ana)).toEqual({ ref: ana, ...unknown, outsider: false });
  });

  test('another company than the one that is set is another', async () => {
    const people = await emulated(tenantId, { member: async () => member({ tenantId: 'tenant-2' }) });
    expect(await people.person(ana)).toMatchObject({ outsider: true, email: null });
  });
});

describe('an address', () => {
  test('finds who was seen with it, whatever its letters’ case', async () => {
    const { deps } = await outward({ member: async () => member() });
    const { person, personByEmail } = createPeople(deps);
    expect(await personByEmail('ana@example.com')).toBeNull();
    await person(ana);
    expect(await personByEmail('ANA@example.com')).toEqual(known);
  });

  test('that they have no more finds nobody', async () => {
    const told = { email: 'ana@example.com' };
    const { deps } = await outward({ member: async () => member(told) });
    const { person, personByEmail } = createPeople(deps);
    await person(ana);
    told.email = 'ana.silva@example.com';
    expect(await personByEmail('ana@example.com')).toBeNull();
  });

  test.each([
    ['a guest’s', { userRole: 'guest' }],
    ['another company’s', { tenantId: 'tenant-2' }],
  ])('that is %s is not kept', async (_, fields) => {
    const { deps } = await outward({ member: async () => member(fields) });
    const { person, personByEmail } = createPeople(deps);
    await person(ana);
    expect(await personByEmail('ana@example.com')).toBeNull();
  });
});

describe('who reads along', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => member({ id: `29:${index}`, aadObjectId: `aad-${index}` }));

  test('is everybody but us, named by the directory, or else as Teams does', async () => {
    const us = member({ id: '28:app-1', aadObjectId: null });
    const listed = [us, member(), member({ id: '29:x', aadObjectId: null })];
    const { deps } = await outward({ members: async () => listed });
    expect(await createPeople(deps).members(inChannel)).toEqual([ana, `teams/${tenantId}/29:x`]);
  });

  test('is asked for once: the list says who they are', async () => {
    const { deps, calls } = await outward({ members: async () => many(2) });
    const { members, person } = createPeople(deps);
    for (const ref of (await members(inChannel)) ?? []) {
      expect(await person(ref)).toEqual({ ...known, ref });
    }
    expect(calls.map(({ verb }) => verb)).toEqual(['members']);
  });

  test.each([
    ['more than a hundred', async () => many(101), [channel]],
    ['what Teams does not tell', async () => null, [channel]],
    ['where we are not', async () => many(1), []],
  ])('is not known of %s', async (...[, members, chats]) => {
    const { deps } = await outward({ members }, chats);
    expect(await createPeople(deps).members(inChannel)).toBeNull();
  });

  test('may be a hundred', async () => {
    const { deps } = await outward({ members: async () => many(100) });
    expect(await createPeople(deps).members(inChannel)).toHaveLength(100);
  });
});
