import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openExam } from '../../scripts/command-line.ts';

const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstline-evaluate-'));
  await mkdir(join(folder, 'wiki'));
  const article = (title: string, text: string) =>
    `---\ntitle: ${title}\nurl: https://wiki/x\naudience: [everyone]\n---\n\n${text}\n`;
  await writeFile(join(folder, 'wiki/vpn.md'), article('VPN drops', '## Drops\n\nIf the VPN drops, quit the client.'));
  await writeFile(join(folder, 'wiki/printer.md'), article('Printer', '## Paper jam\n\nOpen the printer at the side.'));
  const questions = [
    { question: 'my vpn drops', expected: ['vpn'] },
    { question: 'paper jam in the printer', expected: 'printer.md' },
    { question: 'who won the match', expected: [] },
    { question: 'talk to a human' },
  ];
  await writeFile(join(folder, 'questions.jsonl'), questions.map((line) => JSON.stringify(line)).join('\n'));
  const signal = { name: 'coverage', mean: 0.5, deviation: 0.1, coefficient: 1 };
  const weights = { signals: [signal], intercept: 0, answerAt: 0.9, suggestAt: 0.2 };
  await writeFile(join(folder, 'weights.json'), JSON.stringify(weights));
});
afterAll(() => rm(folder, { recursive: true }));

function script(name: string, ...options: readonly string[]) {
  return run(process.execPath, ['--no-warnings', `scripts/${name}.ts`, ...options]);
}

const exam = () => ['--questions', join(folder, 'questions.jsonl'), '--knowledge', join(folder, 'wiki')];

test('labelled questions go through the whole pipeline and come out as figures', async () => {
  const { stdout } = await script('evaluate', ...exam(), '--weights', join(folder, 'weights.json'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    documents: 2,
    questions: 4,
    answerable: 2,
    coverage: { count: 2, of: 4 },
    accuracyWhenAnswering: { count: 2, of: 2 },
    wrongAnswers: { count: 0, of: 4 },
    suggested: { count: 0, of: 4 },
    abstained: { count: 2, of: 2 },
    handedOver: { count: 2, of: 2 },
    bestIsRight: { count: 2, of: 2 },
  });
});

test('the same figures as text', async () => {
  const { stdout } = await script('evaluate', ...exam(), '--weights', join(folder, 'weights.json'));
  expect(stdout).toContain('accuracy when answering     100.0 %  (2 of 2;');
  expect(stdout).toContain('area under risk–coverage');
});

const TOPICS = ['badge', 'camera', 'dock', 'esim', 'fax', 'headset', 'keyboard', 'laptop', 'monitor'];

test('weights that are fitted can be evaluated, and are the same every time', async () => {
  const wiki = join(folder, 'larger');
  await mkdir(wiki);
  const lines: object[] = [];
  for (const topic of TOPICS) {
    await writeFile(
      join(wiki, `${topic}.md`),
      `---\ntitle: ${topic}\nurl: https://wiki/x\naudience: [everyone]\n---\n\nHow to mend and replace the ${topic}.\n`,
    );
    for (const verb of ['mend', 'replace', 'my', 'broken'])
      lines.push({ question: `${verb} ${topic}`, expected: topic });
    for (const verb of ['paint', 'sell', 'insure', 'wash'])
      lines.push({ question: `${verb} the old ${topic} elsewhere` });
  }
  const questions = join(folder, 'larger.jsonl');
  await writeFile(questions, lines.map((line) => JSON.stringify(line)).join('\n'));
  const [first, second] = [join(folder, 'first.json'), join(folder, 'second.json')];
  const options = ['--questions', questions, '--knowledge', wiki];
  for (const out of [first, second]) await script('fit', ...options, '--out', out, '--date', '2026-01-02');
  const written = await readFile(first, 'utf8');
  expect(written).toBe(await readFile(second, 'utf8'));
  expect(JSON.parse(written)).toMatchObject({ fittedOn: { questions: 'larger.jsonl', date: '2026-01-02', count: 72 } });
  const { stdout } = await script('evaluate', ...options, '--weights', first, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ questions: 72, answerAt: JSON.parse(written).answerAt });
}, 120_000);

test('too few questions are refused rather than fitted', async () => {
  const out = join(folder, 'too-few.json');
  await expect(script('fit', ...exam(), '--out', out)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Too few questions to fit: [^\n]+\n$/),
  });
  await expect(readFile(out)).rejects.toThrow('ENOENT');
});

test('a folder in the layout of BEIR is evaluated as well, with part of its documents hidden', async () => {
  const beir = join(folder, 'beir');
  await mkdir(join(beir, 'qrels'), { recursive: true });
  const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
  await writeFile(
    join(beir, 'corpus.jsonl'),
    lines([
      { _id: 'd1', title: 'VPN', text: 'Quit the vpn client when it drops.' },
      { _id: 'd2', title: 'VPN', text: 'Restart the router.' },
      { _id: 'd3', title: 'Printer', text: 'Open the printer at the side.' },
    ]),
  );
  await writeFile(
    join(beir, 'queries.jsonl'),
    lines([
      { _id: 'q1', text: 'vpn drops' },
      { _id: 'q2', text: 'the match' },
    ]),
  );
  await writeFile(join(beir, 'qrels/test.tsv'), 'query-id\tcorpus-id\tscore\nq1\td2\t1\n');
  const { stdout } = await script('evaluate', '--beir', beir, '--weights', join(folder, 'weights.json'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    documents: 2,
    questions: 2,
    answerable: 1,
    bestIsRight: { count: 1, of: 1 },
  });
});

test.each([
  ['no questions', {}, '--questions FILE or --beir FOLDER is missing.'],
  ['no such file', { questions: 'none.jsonl' }, 'none.jsonl cannot be read.'],
  ['no such folder', { questions: 'test/evals/questions.jsonl', knowledge: 'none' }, 'The folder none cannot be read.'],
  ['no such set', { beir: 'none' }, 'corpus.jsonl cannot be read.'],
  ['more hidden than there is', { beir: 'none', hide: '2' }, '--hide must be a share'],
])('what is missing is said in one sentence: %s', async (_, options, sentence) => {
  await expect(openExam(options)).rejects.toThrow(sentence);
});

test('an option that is not known is named, and ends the command with code 1', async () => {
  await expect(script('evaluate', '--answer', '1')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Unknown option '--answer'"),
  });
});
