import { readFile } from 'node:fs/promises';
import { type Weights, weightsFrom } from '#domain/confidence.ts';
import { SetupError } from '#errors.ts';
import { openExam, readOptions, runCommand, SHIPPED_WEIGHTS } from './command-line.ts';
import { observeAll } from './observe.ts';
import { outcomeOf, reportOn, reportText } from './outcomes.ts';

// npm run evaluate -- --questions FILE [--knowledge FOLDER] [--weights FILE] [--json]
// npm run evaluate -- --beir FOLDER [--hide SHARE] [--weights FILE] [--json]
await runCommand(async () => {
  const options = readOptions(['json'], ['questions', 'knowledge', 'beir', 'hide', 'weights']);
  const weightsFile = options['weights'] ?? SHIPPED_WEIGHTS;
  const { weights, fittedOn } = await readWeights(weightsFile);
  const exam = await openExam(options);
  try {
    const observations = await observeAll(exam.corpus.knowledge, exam.questions);
    const report = reportOn(observations.map((observation) => outcomeOf(observation, weights)));
    if (options['json'] !== undefined) {
      const { answerAt, suggestAt } = weights;
      console.log(
        JSON.stringify({ name: exam.name, documents: exam.corpus.documents, answerAt, suggestAt, ...report }, null, 2),
      );
      return;
    }
    console.log(`${exam.name}: ${exam.corpus.documents} documents; weights of ${weightsFile}`);
    console.log(`answers from ${weights.answerAt}, offers links from ${weights.suggestAt}\n`);
    if (fittedOn === exam.name) {
      console.log('These are the questions the weights were fitted on, so this flatters them. npm run fit tells how');
      console.log('they do on questions they have not seen.\n');
    }
    console.log(reportText(report));
  } finally {
    await exam.corpus.close();
  }
});

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
