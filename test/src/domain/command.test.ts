import { COMMANDS, readCommand } from '#domain/command.ts';

test.each([
  ['help', 'help', ''],
  ['  Help! ', 'help', ''],
  ['?', 'help', ''],
  ['What can you do?', 'help', ''],
  ['status', 'status', ''],
  ['STATUS.', 'status', ''],
  ['my  requests', 'status', ''],
  ['list my tickets', 'status', ''],
  ['new', 'new', ''],
  ['new: my printer is jammed', 'new', 'my printer is jammed'],
  ['New:', 'new', ''],
] as const)('“%s” is the command %s', (text, name, rest) => {
  expect(readCommand(text)).toEqual({ name, rest });
});

test.each([
  '',
  'help me with my vpn',
  'status of the vpn',
  'new laptop please',
  'newspaper: where is it?',
  'my requests are not answered',
  'I need help',
])('“%s” is a question', (text) => {
  expect(readCommand(text)).toBeNull();
});

test('no word stands for two commands, and each is read back', () => {
  const words = COMMANDS.flatMap(({ name, also }) => [name, ...also]);
  expect(new Set(words).size).toBe(words.length);
  for (const { name, also } of COMMANDS) for (const word of [name, ...also]) expect(readCommand(word)?.name).toBe(name);
});
