import { createTellAdmin, noteCreationFault } from '../../../src/flows/tell-admin.ts';
import { at, colleague, createChat, openDesk } from './helpdesk.ts';

const ann = colleague('ann');
const fault = 'notion: it refuses the token: make a new one and set NOTION_TOKEN';

function setUp(faults: Readonly<Record<string, string>>) {
  const { state, platforms } = createChat([ann, colleague('app', { bot: true })]);
  const warnings: unknown[] = [];
  const log = { warn: (...said: unknown[]) => void warnings.push(said) };
  const tell = createTellAdmin({ faults: { fault: async (source) => faults[source] ?? null }, platforms, log });
  return { tell, begun: state.begun, warnings };
}

test('an admin is told in their direct messages what to mend', async () => {
  const { tell, begun, warnings } = setUp({ notion: fault });
  await tell('notion', 'ann@acme.example', false);
  expect(begun).toMatchObject([
    {
      personRef: ann.ref,
      key: expect.stringMatching(/^fault:notion:[\da-f]{16}$/),
      again: false,
      reply: {
        parts: [
          {
            kind: 'text',
            text: 'I cannot read the source “notion”: it refuses the token: make a new one and set NOTION_TOKEN. What was read before stays in use.',
          },
        ],
        buttons: [],
      },
    },
  ]);
  expect(warnings).toEqual([]);
});

test('a second run finds the first one’s message; another fault is another message', async () => {
  const faults: Record<string, string> = { notion: fault };
  const { tell, begun } = setUp(faults);
  await tell('notion', 'ann@acme.example', false);
  await tell('notion', 'ann@acme.example', true);
  expect(begun).toHaveLength(1);
  faults['notion'] = 'it is not shared with anything';
  await tell('notion', 'ann@acme.example', true);
  expect(begun).toHaveLength(2);
});

test('what is mended by now is not told', async () => {
  const { tell, begun, warnings } = setUp({});
  await tell('notion', 'ann@acme.example', false);
  expect([begun, warnings]).toEqual([[], []]);
});

test.each(['nobody@acme.example', 'app@acme.example'])('%s cannot be told: the log says so', async (email) => {
  const { tell, begun, warnings } = setUp({ notion: fault });
  await tell('notion', email, false);
  expect([begun, warnings]).toEqual([
    [],
    [['an admin is not on any chat platform: check ADMINS', { source: 'notion', email }]],
  ]);
});

test('what keeps tickets from being made as wished is told once, however often others are made well in between', async () => {
  const desk = await openDesk();
  const note = async (sentence: string | null) => {
    const admins = ['ann@acme.example', 'bob@acme.example'];
    await noteCreationFault(desk.store, { fault: sentence, admins, at });
    return (await desk.jobs('tell-admin')).map(({ email }) => email);
  };
  const told = [];
  for (const sentence of ['no field', null, 'no field', 'no right', null, 'no field']) told.push(await note(sentence));
  const both = ['ann@acme.example', 'bob@acme.example'];
  expect(told).toEqual([both, [], [], both, [], []]);
  await desk.database.close();
});
