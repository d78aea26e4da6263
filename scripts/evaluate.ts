import { readFile } from 'node:fs/promises';
import { type Weights, weightsFrom } from '#domain/confidence.ts';
import { SetupError } from '#errors.ts';
import { loadDraftWeights } from '../src/policy.ts';
import { type Exam, type ExamOptions, openExam, readOptions, runCommand, SHIPPED_WEIGHTS } from './command-line.ts';
import { examineAll, type Examination } from './examine.ts';
import { type ModelExam, openModelExam } from './model-exam.ts';
import { modelRows, reportOnModel } from './model-report.ts';
import { openEmbedder } from './model-servers.ts';
import { observeAll, type Observation } from './observe.ts';
import { outcomeOf, type Report, reportOn, reportText } from './outcomes.ts';
import { createProgress } from './progress.ts';

// npm run evaluate -- --questions FILE [--knowledge FOLDER] [--weights FILE] [--json]
// npm run evaluate -- --beir FOLDER [--hide SHARE] [--weights FILE] [--json]
// --embeddings: with vectors as well, by the model that OPENAI_EMBEDDING_MODEL names
// --model NAME [--at-once N]: with answers that this model writes, N questions under way at a time (one, if not given).
//   Servers, prices and the weights of drafts are set as for the program: OPENAI_…, MODEL_PRICES, MODEL_WEIGHTS.
//   A written answer is right when it cites a document that answers, as a quoted one is.
await runCommand(async () => {
  const given = readOptions(
    ['json', 'embeddings'],
    ['questions', 'knowledge', 'beir', 'hide', 'weights', 'model', 'at-once'],
  );
  const options: Options = { ...given, weightsFile: given['weights'] ?? SHIPPED_WEIGHTS };
  const { weights, fittedOn } = await readWeights(options.weightsFile);
  // What is missing is said before documents are read.
  const model = modelFrom(options);
  const embedder = options.embeddings === undefined ? null : openEmbedder(process.env);
  const exam = await openExam(options);
  try {
    const embed = embedder === null ? undefined : await exam.corpus.embed(embedder);
    const observations = await observeAll(exam.corpus.knowledge, exam.questions, { embed, dense: weights.dense });
    const examined = { weights, exam, isFittedOn: fittedOn === exam.name };
    if (model === null) {
      print({ ...examined, report: reportOn(observations.map((one) => outcomeOf(one, weights))) }, options);
    } else {
      const examinations = await examineWith(model, { observations, weights });
      const report = reportOn(examinations.map(({ withModel }) => withModel));
      print({ ...examined, report, model: reportOnModel(examinations, model.exam) }, options);
    }
  } finally {
    await exam.corpus.close();
  }
});

interface Options extends ExamOptions {
  readonly json?: string;
  readonly embeddings?: string;
  readonly model?: string;
  readonly 'at-once'?: string;
  readonly weightsFile: string;
}

interface AskedModel {
  readonly exam: ModelExam;
  readonly atOnce: number;
}

function modelFrom({ model, 'at-once': atOnce = '1' }: Options): AskedModel | null {
  if (model === undefined) return null;
  if (!/^[1-9]\d?$/.test(atOnce)) throw new SetupError('--at-once must be a whole number from 1 to 99.');
  const weights = loadDraftWeights(process.env['MODEL_WEIGHTS'] || null);
  return { exam: openModelExam(model, { weights, environment: process.env }), atOnce: Number(atOnce) };
}

async function examineWith(
  { exam, atOnce }: AskedModel,
  { observations, weights }: { readonly observations: readonly Observation[]; readonly weights: Weights },
): Promise<readonly Examination[]> {
  const progress = createProgress({ what: 'questions', total: observations.length });
  let failed = 0;
  let costs = 0;
  return examineAll(observations, {
    exam,
    weights,
    atOnce,
    onProgress(examined) {
      failed += examined?.failed ?? 0;
      costs += examined?.costs ?? 0;
      progress(`${failed} calls failed, ${(costs / 1_000_000).toFixed(4)} spent`);
    },
  });
}

interface Told {
  readonly weights: Weights;
  readonly exam: Exam;
  readonly isFittedOn: boolean;
  readonly report: Report;
  readonly model?: ReturnType<typeof reportOnModel>;
}

function print({ weights, exam, isFittedOn, report, model }: Told, options: Options): void {
  const { answerAt, suggestAt } = weights;
  const { documents } = exam.corpus;
  if (options.json !== undefined) {
    const added = model === undefined ? {} : { model };
    console.log(JSON.stringify({ name: exam.name, documents, answerAt, suggestAt, ...report, ...added }, null, 2));
    return;
  }
  console.log(`${exam.name}: ${documents} documents; weights of ${options.weightsFile}`);
  console.log(`answers from ${answerAt}, offers links from ${suggestAt}`);
  if (model !== undefined) console.log(`${model.model} writes, and what it wrote is said from ${model.writtenAt}`);
  console.log('');
  if (isFittedOn) {
    console.log('These are the questions the weights were fitted on, so this flatters them. npm run fit tells how');
    console.log('they do on questions they have not seen.\n');
  }
  console.log(reportText(report, model === undefined ? [] : modelRows(model)));
}

async function readWeights(file: string): Promise<{ weights: Weights; fittedOn: unknown }> {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'));
    const weights = weightsFrom(json);
    return { weights, fittedOn: fittedOnIn(json) };
  } catch (error) {
    throw new SetupError(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`, { cause: error });
  }
}

function fittedOnIn(json: unknown): unknown {
  const { fittedOn } = Object(json);
  return Object(fittedOn).questions;
}
