import { readFile, writeFile } from 'node:fs/promises';
import { type Weights, weightsFrom } from '#domain/confidence.ts';
import type { DraftWeights } from '#domain/draft/draft-confidence.ts';
import { startOpenAi } from '../sandbox/openai/index.ts';
import { companyCases } from '../test/evals/drafts/cases.ts';
import { type Exam, openExam, SHIPPED_WEIGHTS } from './command-line.ts';
import {
  checkEnoughDrafts,
  draftsOutOfFold,
  fitDraftWeights,
  judgeDrafts,
  judgedOf,
  type JudgedDraft,
} from './draft-fitting.ts';
import { type DraftLesson, lessonsAsked, lessonsMade, retrievalOf } from './draft-lessons.ts';
import { examineAll } from './examine.ts';
import { auroc, brier, expectedCalibrationError, type Share, shareOf } from './metrics.ts';
import { openModelExam } from './model-exam.ts';
import { observe, observeAll } from './observe.ts';
import { shareText } from './outcomes.ts';
import { createProgress } from './progress.ts';

const SHIPPED_DRAFT_WEIGHTS = 'src/domain/draft/draft-weights.json';
const QUESTIONS = 'test/evals/questions.jsonl';

export interface FitDraftsOptions {
  readonly out?: string | undefined;
  readonly date?: string | undefined;
  /** By its name at the server that is set; the stand-in of the sandbox, if not given. */
  readonly model?: string | undefined;
}

/**
 * Fits what a written answer's confidence is made of, on drafts of which it is known whether they may be said.
 *
 * Two things can go wrong, and each has drafts that tell of it. Those made from the company's documents, good and bad, show
 * what gets past the checks and should not have. What a model writes for the labelled questions, from what the search
 * finds, shows when it is faithful to the wrong document: there it is right if it cites one that answers. All are of the
 * documents to tune on; what is told of the others is counted only.
 *
 * @throws SetupError when there are too few, or when `model` names one and no server is set.
 */
export async function fitDrafts({ out = SHIPPED_DRAFT_WEIGHTS, date, model }: FitDraftsOptions): Promise<void> {
  const exam = await openExam({ questions: QUESTIONS });
  try {
    const lessons = await lessonsOf(exam, model);
    const tuned = lessons.filter(({ split }) => split === 'tune');
    checkEnoughDrafts(tuned);
    const weights = fitDraftWeights(tuned);
    const outOfFold = figuresOf(draftsOutOfFold(tuned));
    const report = judgeDrafts(
      lessons.filter(({ split }) => split === 'report'),
      weights,
    );
    const file = {
      ...weights,
      fittedOn: fittedOnOf(tuned, { writer: model ?? STAND_IN, date: date ?? null }),
      outOfFold,
      report: { ...figuresOf(report), ...reachedIn(report, weights.writtenAt) },
    };
    await writeFile(out, `${JSON.stringify(file, null, 2)}\n`);
    console.log(wordsOn(file, out));
  } finally {
    await exam.corpus.close();
  }
}

/** The model of the sandbox, which is none: it says what the passages say that fit the question best. */
const STAND_IN = 'the stand-in of the sandbox';

/** What a model writes, and the signals of it, are the same with all. */
const ANY_WEIGHTS: DraftWeights = { intercept: 0, coefficients: {}, writtenAt: 1 };

async function lessonsOf(exam: Exam, model: string | undefined): Promise<readonly DraftLesson[]> {
  const weights = weightsFrom(JSON.parse(await readFile(SHIPPED_WEIGHTS, 'utf8')));
  const asked = await lessonsAnswered(exam, { weights, model });
  const known = new Map<string, number>();
  const cases = companyCases();
  const progress = createProgress({ what: 'drafts', total: cases.length });
  const retrieval = async (question: string) => {
    const value =
      known.get(question) ?? retrievalOf(await observe(exam.corpus.knowledge, { question, expected: [] }), weights);
    known.set(question, value);
    return value;
  };
  const made = await lessonsMade(cases, { retrieval, onProgress: () => progress() });
  return [...made, ...asked];
}

async function lessonsAnswered(
  { corpus, questions }: Exam,
  { weights, model }: { readonly weights: Weights; readonly model: string | undefined },
): Promise<readonly DraftLesson[]> {
  const observations = await observeAll(corpus.knowledge, questions);
  const progress = createProgress({ what: 'questions', total: observations.length });
  const stand = model === undefined ? await startOpenAi() : null;
  try {
    const environment = stand === null ? process.env : { OPENAI_API_KEY: stand.apiKey, OPENAI_BASE_URL: stand.url };
    const exam = openModelExam(model ?? stand?.models.chat ?? '', { weights: ANY_WEIGHTS, environment });
    const examinations = await examineAll(observations, { exam, weights, atOnce: 1, onProgress: () => progress() });
    return lessonsAsked(observations, examinations);
  } finally {
    await stand?.close();
  }
}

function countsOf(lessons: readonly DraftLesson[]) {
  const count = (source: DraftLesson['source'], isGood: boolean) =>
    lessons.filter((lesson) => lesson.source === source && lesson.isGood === isGood).length;
  return {
    made: { good: count('made', true), bad: count('made', false) },
    asked: { good: count('asked', true), bad: count('asked', false) },
  };
}

function fittedOnOf(lessons: readonly DraftLesson[], { writer, date }: { writer: string; date: string | null }) {
  return {
    drafts: 'what the checks keep of drafts made from the documents of test/evals/drafts, split "tune"',
    questions: `what ${writer} wrote for questions of ${QUESTIONS} about the same documents`,
    note: 'The second look is unknown here (0.5), so it counts nothing. Another model is worth a fit of its own: --model NAME.',
    date,
    ...countsOf(lessons),
  };
}

function figuresOf(judged: readonly JudgedDraft[]) {
  const cases = judged.map(judgedOf);
  return {
    auroc: figure(auroc(cases)),
    brier: figure(brier(cases)),
    expectedCalibrationError: figure(expectedCalibrationError(cases)),
  };
}

/** How many of each kind reach the confidence from which on they are said. */
function reachedIn(judged: readonly JudgedDraft[], writtenAt: number) {
  const reached = (source: DraftLesson['source'], isGood: boolean): Share => {
    const meant = judged.filter(({ lesson }) => lesson.source === source && lesson.isGood === isGood);
    const share = shareOf(meant.filter(({ confidence }) => confidence >= writtenAt).length, meant.length);
    return { ...share, share: figure(share.share), low: figure(share.low), high: figure(share.high) };
  };
  return {
    made: { good: reached('made', true), bad: reached('made', false) },
    asked: { good: reached('asked', true), bad: reached('asked', false) },
  };
}

interface DraftWeightsFile extends DraftWeights {
  readonly fittedOn: ReturnType<typeof fittedOnOf>;
  readonly outOfFold: ReturnType<typeof figuresOf>;
  readonly report: ReturnType<typeof figuresOf> & ReturnType<typeof reachedIn>;
}

function wordsOn({ coefficients, intercept, writtenAt, fittedOn, outOfFold, report }: DraftWeightsFile, out: string) {
  const { made, asked, ...figures } = report;
  const counted = (name: string, share: Share) => `${name.padEnd(36)}${shareText(share)}`;
  return [
    `Fitted on ${fittedOn.made.good} good and ${fittedOn.made.bad} bad drafts that were made, and ${fittedOn.asked.good} right and`,
    `${fittedOn.asked.bad} wrong answers to questions; written to ${out}\n`,
    `${'intercept'.padEnd(16)}${intercept.toFixed(3)}`,
    ...Object.entries(coefficients).map(([name, value]) => `${name.padEnd(16)}${value.toFixed(3)}`),
    `\nwhat is written is said from ${writtenAt}`,
    `each draft judged without its document's others: ${JSON.stringify(outOfFold)}`,
    `\nOn documents that were not fitted on: ${JSON.stringify(figures)}. Said of`,
    counted('good drafts', made.good),
    counted('bad drafts that got past the checks', made.bad),
    counted('answers to questions, right', asked.good),
    counted('answers to questions, wrong', asked.bad),
  ].join('\n');
}

function figure(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(3));
}
