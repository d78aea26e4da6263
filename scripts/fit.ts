import { writeFile } from 'node:fs/promises';
import { SetupError } from '#errors.ts';
import type { Embedder } from '#model-ports.ts';
import { type Exam, openExam, readOptions, runCommand, SHIPPED_WEIGHTS } from './command-line.ts';
import { openEmbedder } from './model-servers.ts';
import { observeByShares } from './dense-share.ts';
import { fitDrafts, type FitDraftsOptions } from './fit-drafts.ts';
import {
  checkEnough,
  CHOSEN_SIGNALS,
  fitWeights,
  gateComparison,
  heldOutWeights,
  lessonsFrom,
  outOfFold,
  SIGNALS_WITH_VECTORS,
} from './fitting.ts';
import { areaUnderRiskCoverage, auroc, brier, expectedCalibrationError } from './metrics.ts';
import { outcomeOf, type Report, reportOn, reportText } from './outcomes.ts';

// npm run fit -- --questions FILE [--knowledge FOLDER] [--out FILE] [--date YYYY-MM-DD]
// npm run fit -- --beir FOLDER [--hide SHARE] --out FILE [--date YYYY-MM-DD]
// npm run fit -- --drafts [--model NAME] [--out FILE] [--date YYYY-MM-DD]: what a model writes, see fit-drafts.ts
// --embeddings: fits the share of the vectors as well, made by the model that OPENAI_EMBEDDING_MODEL names
await runCommand(async () => {
  const options = readOptions(
    ['embeddings', 'drafts'],
    ['questions', 'knowledge', 'beir', 'hide', 'out', 'date', 'model'],
  );
  if (options['drafts'] !== undefined) await fitDrafts(draftOptions(options));
  else await fitFound(options);
});

function draftOptions({ out, date, model, ...others }: Readonly<Record<string, string>>): FitDraftsOptions {
  const stray = Object.keys(others).find((name) => name !== 'drafts');
  if (stray !== undefined) throw new SetupError(`--${stray} does not go with --drafts.`);
  return { out, date, model };
}

async function fitFound(options: Readonly<Record<string, string>>): Promise<void> {
  if (options['model'] !== undefined) throw new SetupError('--model goes with --drafts only.');
  if (options['beir'] !== undefined && options['out'] === undefined) {
    throw new SetupError('--out FILE is missing: weights fitted on a public set are not for shipping.');
  }
  const embedder = options['embeddings'] === undefined ? null : openEmbedder(process.env);
  const exam = await openExam(options);
  try {
    await fitExam(exam, { embedder, out: options['out'] ?? SHIPPED_WEIGHTS, date: options['date'] ?? null });
  } finally {
    await exam.corpus.close();
  }
}

interface FitOptions {
  readonly embedder: Embedder | null;
  readonly out: string;
  readonly date: string | null;
}

async function fitExam(exam: Exam, { embedder, out, date }: FitOptions): Promise<void> {
  const names = embedder === null ? CHOSEN_SIGNALS : SIGNALS_WITH_VECTORS;
  const { observations, dense } = await observeByShares(exam, embedder);
  const lessons = lessonsFrom(observations);
  checkEnough(lessons);
  const weights = { ...fitWeights(lessons, names), ...dense };
  const judged = outOfFold(lessons, names).map(({ lesson, confidence }) => ({ confidence, right: lesson.bestIsRight }));
  const heldOut = reportOn(
    heldOutWeights(observations, names).map(({ observation, weights: unseen }) => outcomeOf(observation, unseen)),
  );
  const outOfFoldFigures = {
    auroc: figure(auroc(judged)),
    brier: figure(brier(judged)),
    expectedCalibrationError: figure(expectedCalibrationError(judged)),
    areaUnderRiskCoverage: figure(areaUnderRiskCoverage(judged)),
  };
  const fittedOn = {
    questions: exam.name,
    date,
    count: observations.length,
    answerable: heldOut.answerable,
    documents: exam.corpus.documents,
  };
  const file = { ...weights, fittedOn, outOfFold: outOfFoldFigures, heldOutThirds: heldOutFigures(heldOut) };
  await writeFile(out, `${JSON.stringify(file, null, 2)}\n`);

  console.log(
    `Fitted on ${observations.length} questions about ${exam.corpus.documents} documents; written to ${out}\n`,
  );
  for (const { name, coefficient } of weights.signals) console.log(`${name.padEnd(16)}${coefficient.toFixed(3)}`);
  if (embedder !== null) console.log(`${'share of vectors'.padEnd(16)} ${dense.dense ?? 0}`);
  console.log(`\nanswers from ${weights.answerAt}, offers links from ${weights.suggestAt}`);
  console.log(`each question judged without its answer's others: ${JSON.stringify(outOfFoldFigures)}`);
  console.log(gateComparison(lessons, weights.answerAt, names));
  console.log('\nEach third of the answers judged by weights and thresholds fitted on the other two:\n');
  console.log(reportText(heldOut));
}

function heldOutFigures(report: Report) {
  const { coverage, accuracyWhenAnswering, suggestionsRight, abstained } = report;
  const shares = { coverage, accuracyWhenAnswering, suggestionsRight, abstained };
  return Object.fromEntries(
    Object.entries(shares).map(([name, { count, of, low, high }]) => [
      name,
      { count, of, low: figure(low), high: figure(high) },
    ]),
  );
}

function figure(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(3));
}
