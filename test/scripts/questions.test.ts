import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meansDocument, readQuestions } from '../../scripts/questions.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstline-questions-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = join(folder, 'questions.jsonl');
  await writeFile(file, text);
  return readQuestions(file);
}

test.each([
  ['a list', { question: 'q', expected: ['a', 'b'] }, ['a', 'b']],
  ['one id', { question: 'q', expected: 'a' }, ['a']],
  ['an empty list', { question: 'q', expected: [] }, []],
  ['null', { question: 'q', expected: null }, []],
  ['nothing', { question: 'q' }, []],
  ['further fields', { question: 'q', expected: ['a'], kind: 'plain' }, ['a']],
])('what is expected may be %s', async (_, line, expected) => {
  expect(await read(`${JSON.stringify(line)}\n\n`)).toEqual([{ question: 'q', expected }]);
});

test.each([
  ['no JSON', '{"question": "q"}\nhello'],
  ['no question', '{"question": "q"}\n{"expected": []}'],
  ['a number for an id', '{"question": "q"}\n{"question": "q", "expected": [7]}'],
  ['no object', '{"question": "q"}\n["q"]'],
])('the line at fault is named: %s', async (_, text) => {
  await expect(read(text)).rejects.toThrow('line 2');
});

test('a file that is not there is named', async () => {
  await expect(readQuestions(join(folder, 'none.jsonl'))).rejects.toThrow('none.jsonl cannot be read');
});

test.each([
  ['network/vpn.md', 'network/vpn.md', true],
  ['network/vpn', 'network/vpn.md', true],
  ['vpn', 'network/vpn.md', true],
  ['./network/vpn.md', 'network/vpn.md', true],
  ['docs/network/VPN.md', 'network/vpn.md', true],
  ['vpn', 'network/my-vpn.md', false],
  ['network/vpn', 'network/vpn-linux.md', false],
  ['network', 'network/vpn.md', false],
])('the label %s means %s: %s', (label, id, expected) => {
  expect(meansDocument(label, id)).toBe(expected);
});

const ROOT = 'sandbox/company/knowledge';

test('every label of the repository means an article of the sample company that every employee may read', async () => {
  const questions = await readQuestions('test/evals/questions.jsonl');
  const articles = new Set(globSync('**/*.md', { cwd: ROOT }));
  const labels = new Set(questions.flatMap(({ expected }) => expected));
  const restricted = ['access/finance-close-access.md', 'people/leaver-checklist.md', 'security/break-glass.md'];
  expect([...labels].filter((label) => !articles.has(label) || restricted.includes(label))).toEqual([]);
  expect(labels.size).toBeGreaterThan(55);
  expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length);
  expect(questions.filter(({ expected }) => expected.length === 0).length).toBeGreaterThan(120);
});
