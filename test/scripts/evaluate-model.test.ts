import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lies } from '../../sandbox/openai/contract.ts';
import { type OpenAiSandbox, startOpenAi } from '../../sandbox/openai/index.ts';
import { type Exam, openExam } from '../../scripts/command-line.ts';
import { observeByShares } from '../../scripts/dense-share.ts';
import { examineAll, type Examination } from '../../scripts/examine.ts';
import { openModelExam } from '../../scripts/model-exam.ts';
import { modelRows, reportOnModel } from '../../scripts/model-report.ts';
import { openEmbedder } from '../../scripts/model-servers.ts';
import { observeAll, type Observation } from '../../scripts/observe.ts';
import { loadDraftWeights, loadWeights } from '../../src/policy.ts';

const run = promisify(execFile);

/** Of the labelled ones about the sample company: some are answered without a model, some get links, some nothing answers. */
const QUESTIONS = [
  { question: 'how do i get into salesforce', expected: ['access/crm-access.md'] },
  { question: 'can we have a new top level folder on the team share', expected: ['access/shared-drives.md'] },
  { question: 'fan is super loud and the laptop gets hot', expected: ['devices/laptop-slow.md'] },
  { question: 'anygate says no free seats', expected: ['network/vpn-anygate.md'] },
  { question: 'how do I add a printer', expected: ['printing/add-printer.md'] },
  { question: 'how do I book a meeting room', expected: ['rooms/room-booking.md'] },
  { question: "my monitors don't come on when I plug in the dock", expected: ['devices/docking-station.md'] },
  { question: 'landed in Japan and phone has no signal', expected: ['phones/roaming.md'] },
  { question: 'acrobat expired', expected: ['software/licences.md'] },
  { question: 'what is the wifi password of the moon office', expected: [] },
  { question: 'guest speaker fee', expected: [] },
  { question: 'talk to a human', expected: [] },
];

let stand: OpenAiSandbox;
let exam: Exam;
let folder: string;
let observations: readonly Observation[];
const weights = loadWeights(null);

beforeAll(async () => {
  stand = await startOpenAi();
  folder = await mkdtemp(join(tmpdir(), 'firstline-evaluate-model-'));
  await writeFile(join(folder, 'questions.jsonl'), QUESTIONS.map((line) => JSON.stringify(line)).join('\n'));
  exam = await openExam({ questions: join(folder, 'questions.jsonl') });
  observations = await observeAll(exam.corpus.knowledge, exam.questions);
}, 120_000);
afterAll(async () => {
  await exam.corpus.close();
  await stand.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  stand.mend();
  stand.behave('good');
});

const environment = () => ({
  OPENAI_API_KEY: stand.apiKey,
  OPENAI_BASE_URL: stand.url,
  OPENAI_EMBEDDING_MODEL: stand.models.embedding,
});

function modelExam(more: Readonly<Record<string, string>> = {}) {
  const settings = { weights: loadDraftWeights(null), environment: { ...environment(), ...more } };
  return openModelExam(stand.models.chat, settings);
}

function examined(more: Readonly<Record<string, string>> = {}): Promise<readonly Examination[]> {
  return examineAll(observations, { exam: modelExam(more), weights, atOnce: 2 });
}

function script(options: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment(), ...more };
  const asked = ['--questions', join(folder, 'questions.jsonl'), '--model', stand.models.chat, ...options];
  return run(process.execPath, ['--no-warnings', 'scripts/evaluate.ts', ...asked], { env });
}

const prices = 'sandbox-chat-1: 1 / 0.5 / 4';

test('the same table with a model, what it wrote, what it cost and how long it took', async () => {
  const { stdout } = await script([], { MODEL_PRICES: prices });
  const row = (name: string) => stdout.split('\n').find((line) => line.startsWith(name)) ?? '';
  expect(row('questions ')).toContain('12, of them 9 answerable');
  expect(row('coverage (answered)')).toMatch(/\d+ of 12/);
  expect(row('wrong answers, of all')).toContain('(0 of 12');
  expect(row('unanswerable: not answered')).toContain('(3 of 3');
  expect(row('area under risk–coverage')).toMatch(/0\.\d{3}$/);
  expect(row('answers in its words')).toMatch(/[1-9]\d* of \d+/);
  expect(row('answers quoted')).toMatch(/\d+ of \d+/);
  expect(row('questions put to it')).toMatch(/11 of 12/);
  expect(row('cost')).toMatch(/0\.00\d{4} for a question, 0\.0\d{5} in all$/);
  expect(row('time for a question')).toMatch(/p50 \d+ ms, p95 \d+ ms/);
  expect(row('calls that failed')).toMatch(/^calls that failed +0\.0 %/);
  expect(stdout).toContain('sandbox-chat-1 writes, and what it wrote is said from 0.');
}, 120_000);

test('with vectors as well, as JSON; without a price it says so', async () => {
  const embedded = () => stand.calls().filter(({ kind }) => kind === 'embeddings').length;
  const before = embedded();
  const { stdout } = await script(['--embeddings', '--json']);
  expect(embedded() - before).toBeGreaterThan(1);
  const { model, ...report } = JSON.parse(stdout);
  expect(report).toMatchObject({ questions: 12, answerable: 9, wrongAnswers: { count: 0 } });
  expect(model).toMatchObject({
    model: 'sandbox-chat-1',
    costs: { inAll: 0, unpriced: ['sandbox-chat-1'] },
    failedCalls: { count: 0 },
    spoilt: 0,
    answeredOnlyWithIt: { wrong: 0 },
  });
  expect(model.written.count).toBeGreaterThan(0);
  expect(model.latencyMs.p95).toBeGreaterThanOrEqual(model.latencyMs.p50);
}, 120_000);

test('an honest model adds right answers, and takes none away', async () => {
  const report = reportOnModel(await examined(), modelExam());
  expect(report.answeredOnlyWithIt.right).toBeGreaterThan(0);
  expect(report.answeredOnlyWithIt.wrong).toBe(0);
  expect(report.spoilt).toBe(0);
});

test('most of what an honest model writes from the right document is sure enough to be said', async () => {
  const right = (await examined()).flatMap(({ written }) => written ?? []).filter((one) => one.right);
  const { writtenAt } = loadDraftWeights(null);
  expect(right.length).toBeGreaterThanOrEqual(5);
  expect(right.filter(({ confidence }) => confidence >= writtenAt).length).toBeGreaterThan(right.length / 2);
});

test.each(lies)('with a model that lies (%s) nothing becomes wrong that was right without', async (lie) => {
  stand.behave(lie);
  // Nor does a second look help that agrees with everything.
  stand.behave('agrees', { task: 'firstline_check' });
  const examinations = await examined();
  expect(stand.calls().some(({ mode, purpose }) => mode === lie && purpose === 'firstline_answer')).toBe(true);
  const rightWithout = examinations.filter(({ without }) => without.verdict === 'answer' && without.citedRight);
  expect(rightWithout.length).toBeGreaterThanOrEqual(5);
  expect(rightWithout.filter(({ withModel }) => withModel.verdict !== 'answer' || !withModel.citedRight)).toEqual([]);
  expect(reportOnModel(examinations, modelExam())).toMatchObject({ spoilt: 0 });
});

test.each([
  ['down', { kind: 'drop' }],
  ['refused', { kind: 'status', status: 400 }],
  ['refusing', { kind: 'refusal' }],
  ['cut off', { kind: 'content-filter' }],
  ['no JSON', { kind: 'malformed-json' }],
] as const)('a model that brings nothing (%s) is counted, and every question ends as without one', async (_, fault) => {
  stand.fail(fault);
  const examinations = await examined();
  for (const { without, withModel } of examinations) expect(withModel).toEqual(without);
  const { failedCalls, written } = reportOnModel(examinations, modelExam());
  expect(failedCalls).toMatchObject({ count: 11, of: 11 });
  expect(written.count).toBe(0);
});

test('the second look is paid at the price of its own model', async () => {
  const priced = async (checker: string) => {
    const settings = { OPENAI_CHECK_MODEL: checker, MODEL_PRICES: `${prices}; sandbox-vision-1: 1000` };
    return reportOnModel(await examined(settings), modelExam(settings)).costs;
  };
  const [same, dear] = [await priced('sandbox-chat-1'), await priced('sandbox-vision-1')];
  expect(dear.inAll).toBeGreaterThan(10 * same.inAll);
  const { costs } = reportOnModel([], modelExam({ OPENAI_CHECK_MODEL: 'sandbox-vision-1', MODEL_PRICES: prices }));
  expect(costs.unpriced).toEqual(['sandbox-vision-1']);
});

test('a report on nothing is one as well', () => {
  const rows = modelRows(reportOnModel([], modelExam()));
  expect(rows).toContainEqual(['time for a question', 'none']);
  expect(rows).toContainEqual(['cost', 'no price set for sandbox-chat-1 (MODEL_PRICES)']);
});

test.each([
  ['a server', { OPENAI_API_KEY: '', OPENAI_BASE_URL: '' }, [], 'A model needs a server'],
  ['prices', { MODEL_PRICES: 'sandbox-chat-1: much' }, [], 'MODEL_PRICES'],
  ['questions at a time', {}, ['--at-once', '0'], '--at-once must be'],
  ['weights', { MODEL_WEIGHTS: 'none.json' }, [], 'MODEL_WEIGHTS cannot be used'],
  ['an embedding model', { OPENAI_EMBEDDING_MODEL: '' }, ['--embeddings'], '--embeddings needs OPENAI_EMBEDDING_MODEL'],
])('what is missing is said in one sentence: %s', async (_, set, options, sentence) => {
  const stderr = expect.stringMatching(new RegExp(`^${sentence}[^\n]+\n$`));
  await expect(script(options, set)).rejects.toMatchObject({ code: 1, stderr });
});

test('a wrong key for the embeddings ends the command with one sentence', async () => {
  await expect(script(['--embeddings'], { OPENAI_API_KEY: 'sk-wrong' })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^[^\n]+\n$/),
  });
}, 60_000);

test('weights are fitted with vectors too, and with the share of them that finds best', async () => {
  const wiki = join(folder, 'wiki');
  await mkdir(wiki);
  const lines: object[] = [];
  for (const topic of ['badge', 'camera', 'dock', 'esim', 'fax', 'headset', 'keyboard', 'laptop', 'monitor']) {
    const head = `---\ntitle: ${topic}\nurl: https://wiki/x\naudience: [everyone]\n---\n\n`;
    await writeFile(join(wiki, `${topic}.md`), `${head}How to mend and replace the ${topic}.\n`);
    for (const verb of ['mend', 'replace', 'my', 'broken'])
      lines.push({ question: `${verb} ${topic}`, expected: topic });
    for (const verb of ['paint', 'sell', 'insure', 'wash'])
      lines.push({ question: `${verb} the old ${topic} elsewhere` });
  }
  const [questions, out] = [join(folder, 'many.jsonl'), join(folder, 'fitted.json')];
  await writeFile(questions, lines.map((line) => JSON.stringify(line)).join('\n'));
  const asked = ['--questions', questions, '--knowledge', wiki, '--embeddings', '--out', out];
  const env = { ...process.env, NODE_OPTIONS: '', ...environment() };
  const before = stand.calls().length;
  const { stdout } = await run(process.execPath, ['--no-warnings', 'scripts/fit.ts', ...asked], { env });
  // All documents at once, and each question once, however many shares are tried.
  expect(stand.calls().length - before).toBe(1 + lines.length);
  const fitted = JSON.parse(await readFile(out, 'utf8'));
  expect(stdout).toContain(`share of vectors ${fitted.dense}`);
  expect(fitted.signals.map(({ name }: { name: string }) => name)).toContain('similarity');
}, 120_000);

test('a share of the vectors is chosen by what it finds', async () => {
  const embedder = openEmbedder(environment());
  const { dense, observations: observed } = await observeByShares(exam, embedder);
  const found = (list: readonly Observation[]) => list.filter(({ bestIsRight }) => bestIsRight).length;
  expect(found(observed)).toBeGreaterThanOrEqual(found(observations));
  expect(dense.dense).toBeGreaterThanOrEqual(0);
  expect((await observeByShares(exam, null)).dense).toEqual({});
}, 60_000);

test.each([
  [['--drafts', '--questions', 'x'], '--questions does not go with --drafts.'],
  [['--drafts', '--embeddings'], '--embeddings does not go with --drafts.'],
  [['--questions', 'x', '--model', 'x'], '--model goes with --drafts only.'],
])('fit %j is refused', async (options, sentence) => {
  const fit = run(process.execPath, ['--no-warnings', 'scripts/fit.ts', ...options]);
  await expect(fit).rejects.toMatchObject({ code: 1, stderr: `${sentence}\n` });
});
