import { readGroups } from '../../../knowledge-sync/markdown/groups.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  [
    'groups with members',
    'it: [Ann@Firm.example, " bob@firm.example "]\nfinance:\n  - eve@firm.example\n',
    [
      { name: 'it', emails: ['ann@firm.example', 'bob@firm.example'] },
      { name: 'finance', emails: ['eve@firm.example'] },
    ],
  ],
  ['a member twice', 'it: [ann@firm.example, ANN@firm.example]', [{ name: 'it', emails: ['ann@firm.example'] }]],
  [
    'a group without members',
    'it:\nfinance: []',
    [
      { name: 'it', emails: [] },
      { name: 'finance', emails: [] },
    ],
  ],
  [
    'a member list used again',
    'it: &it [ann@firm.example]\nadmins: *it',
    [
      { name: 'it', emails: ['ann@firm.example'] },
      { name: 'admins', emails: ['ann@firm.example'] },
    ],
  ],
  ['a number as name', '2026: []', [{ name: '2026', emails: [] }]],
  ['an empty file', '# none yet\n', []],
])('%s', (_, text, groups) => {
  expect(readGroups(bytes(text))).toEqual(groups);
});

test.each([
  ['no map', '- it', 'is not a list of `key: value` lines.'],
  ['no YAML', 'it: [', /^is not valid YAML: /],
  ['no list', 'it: ann@firm.example', 'has no list of e-mail addresses for the group it.'],
  ['no address', 'it: [ann]', 'has something that is no e-mail address where one belongs: "ann".'],
  ['a number as address', 'it: [1]', 'has something that is no e-mail address where one belongs: 1.'],
  ['a group called everyone', 'Everyone: []', 'has a group that cannot be called "Everyone".'],
  [
    'a group called like a person',
    '"person:eve@firm.example": [ann@firm.example]',
    'has a group that cannot be called "person:eve@firm.example".',
  ],
  ['a group without a name', '"": []', 'has a group that cannot be called "".'],
])('%s is a fault', (_, text, message) => {
  expect(() => readGroups(bytes(text))).toThrow(
    expect.objectContaining({
      name: 'DocumentFault',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    }),
  );
});
