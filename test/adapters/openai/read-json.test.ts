import { readJsonObject } from '../../../adapters/openai/read-json.ts';

test.each([
  ['as it is', '{"a":1}'],
  ['with a byte order mark and blanks', '\uFEFF \n{"a":1}\n'],
  ['in a fence', '```json\n{"a":1}\n```'],
  ['in a fence, with prose around', 'Sure, here is the JSON:\n\n```\n{"a":1}\n```\nAnything else?'],
  ['in prose', 'The answer is {"a":1}.'],
  ['behind braces that are no JSON', 'I fill in {name} first: {"a":1}'],
  ['behind a thought that holds JSON', '<think>\nperhaps {"a":2}?\n</think>\n{"a":1}'],
  ['twice the same', '{"a":1}\n{ "a": 1 }'],
])('JSON is read %s', (_, said) => {
  expect(readJsonObject(said)).toEqual({ a: 1 });
});

test.each([
  ['braces and quotation marks', { text: 'say "}" or {' }],
  ['a backslash at the end', { text: 'C:\\' }],
  ['objects in objects', { a: { b: [{ c: '}' }] }, d: {} }],
  ['a fence', { text: '```json\n{}\n```' }],
])('what stands in its texts does not end it: %s', (_, value) => {
  expect(readJsonObject(`Here: ${JSON.stringify(value)} Done.`)).toEqual(value);
});

test.each([
  ['nothing', ''],
  ['prose', 'I have read this.'],
  ['single quotes', "{'a': 1}"],
  ['a list', '[{"a":1},{"b":2}]'],
  ['a text', '"a"'],
  ['null', 'null'],
  ['an end that is missing', '{"a":{"b":1}'.slice(0, -1)],
  ['two that differ: one may be quoted from a document', 'They wrote {"a":2}, but {"a":1}'],
  ['more than anybody could have meant', `{"a":"${'x'.repeat(64 * 1024)}"}`],
  ['a heap of braces', '{'.repeat(60_000)],
  ['very many braces that close', '{x}'.repeat(20_000)],
])('none is read in %s', (_, said) => {
  expect(readJsonObject(said)).toBeNull();
});

test('names that mean something to the language are names like others', () => {
  const read = readJsonObject('{"__proto__":{"polluted":true},"a":1}');
  expect(Object.keys(read ?? {})).toEqual(['__proto__', 'a']);
  expect('polluted' in {}).toBe(false);
});
