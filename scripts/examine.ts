import { confidenceOf, type Weights } from '#domain/confidence.ts';
import { settledUnsearched } from '#domain/decide.ts';
import type { Judged } from './metrics.ts';
import type { Examined, ModelExam } from './model-exam.ts';
import type { Observation } from './observe.ts';
import { type Outcome, outcomeOf, policyOf } from './outcomes.ts';

/** One question with a model and without one. */
export interface Examination {
  readonly without: Outcome;
  readonly withModel: Outcome;
  /** Null: no model was asked, as in the program. */
  readonly examined: Examined | null;
  /** Of what it wrote, said or not: how sure, and whether what it cites answers. Null: it wrote nothing that held. */
  readonly written: Judged | null;
}

export interface ExamineDeps {
  readonly exam: ModelExam;
  readonly weights: Weights;
  /** Questions under way at a time, 1 or more. With one the times are those of a model that is not busy. */
  readonly atOnce: number;
  /** Told after each question. */
  readonly onProgress?: (examined: Examined | null) => void;
}

/** Puts what was found to the model, and decides on what it proposes. In the order of the questions. */
export async function examineAll(
  observations: readonly Observation[],
  { exam, weights, atOnce, onProgress = () => {} }: ExamineDeps,
): Promise<readonly Examination[]> {
  const done = new Map<Observation, Examination>();
  // One iterator for all: each takes the next question when it is through with its last.
  const waiting = observations.values();
  const work = async () => {
    for (const observation of waiting) {
      const examined = await examine(observation, { exam, weights });
      onProgress(examined);
      done.set(observation, examinationOf(observation, { examined, exam, weights }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return observations.flatMap((observation) => done.get(observation) ?? []);
}

function examinationOf(
  observation: Observation,
  { examined, exam, weights }: Pick<ExamineDeps, 'exam' | 'weights'> & { readonly examined: Examined | null },
): Examination {
  const proposal = examined?.writing.proposal ?? null;
  const { writtenAt } = exam.weights;
  return {
    without: outcomeOf(observation, weights),
    withModel: outcomeOf(observation, weights, { proposal, writtenAt }),
    examined,
    written:
      proposal?.kind !== 'written'
        ? null
        : {
            confidence: proposal.confidence,
            right: proposal.citations.some(({ documentId }) => observation.right.has(documentId)),
          },
  };
}

/** On the same conditions as in `src/flows/judge.ts`: something has to be searched for, and something is found. */
async function examine(
  { situation, signals, asked: question, passages }: Observation,
  { exam, weights }: Pick<ExamineDeps, 'exam' | 'weights'>,
): Promise<Examined | null> {
  const settled = settledUnsearched(situation, policyOf(weights, exam.weights.writtenAt));
  if (settled !== null || signals === null || passages.length === 0) return null;
  const retrieval = confidenceOf(signals, weights).value;
  return exam.write({ question, earlier: [], passages, retrieval, names: [] });
}
