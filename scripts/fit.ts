import { writeFile } from 'node:fs/promises';
import { SetupError } from '#errors.ts';
import { openExam, readOptions, runCommand, SHIPPED_WEIGHTS } from './command-line.ts';
import { checkEnough, fitWeights, gateComparison, heldOutWeights, lessonsFrom, outOfFold } from './fitting.ts';
import { areaUnderRiskCoverage, auroc, brier, expectedCalibrationError } from './metrics.ts';
import { observeAll } from './observe.ts';
import { outcomeOf, type Report, reportOn, reportText } from './outcomes.ts';

// npm run fit -- --questions FILE [--knowledge FOLDER] [--out FILE] [--date YYYY-MM-DD]
// npm run fit -- --beir FOLDER [--hide SHARE] --out FILE [--date YYYY-MM-DD]
await runCommand(async () => {
  const options = readOptions([], ['questions', 'knowledge', 'beir', 'hide', 'out', 'date']);
  const out = options['out'] ?? SHIPPED_WEIGHTS;
  if (options['beir'] !== undefined && options['out'] === undefined) {
    throw new SetupError('--out FILE is missing: weights fitted on a public set are not for shipping.');
  }
  const exam = await openExam(options);
  try {
    const observations = await observeAll(exam.corpus.knowledge, exam.questions);
    const lessons = lessonsFrom(observations);
    checkEnough(lessons);
    const weights = fitWeights(lessons);
    const judged = outOfFold(lessons).map(({ lesson, confidence }) => ({ confidence, right: lesson.bestIsRight }));
    const heldOut = reportOn(
      heldOutWeights(observations).map(({ observation, weights: unseen }) => outcomeOf(observation, unseen)),
    );
    const outOfFoldFigures = {
      auroc: figure(auroc(judged)),
      brier: figure(brier(judged)),
      expectedCalibrationError: figure(expectedCalibrationError(judged)),
      areaUnderRiskCoverage: figure(areaUnderRiskCoverage(judged)),
    };
    const fittedOn = {
      questions: exam.name,
      date: options['date'] ?? null,
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
    console.log(`\nanswers from ${weights.answerAt}, offers links from ${weights.suggestAt}`);
    console.log(`each question judged without its answer's others: ${JSON.stringify(outOfFoldFigures)}`);
    console.log(gateComparison(lessons, weights.answerAt));
    console.log('\nEach third of the answers judged by weights and thresholds fitted on the other two:\n');
    console.log(reportText(heldOut));
  } finally {
    await exam.corpus.close();
  }
});

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
