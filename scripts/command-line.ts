import { parseArgs } from 'node:util';
import { RemoteError, SetupError } from '#errors.ts';
import { type Corpus, openBeir, openFolder } from './corpus.ts';
import { type LabelledQuestion, readQuestions } from './questions.ts';

export const DEFAULT_KNOWLEDGE = 'sandbox/company/knowledge';
export const SHIPPED_WEIGHTS = 'src/domain/confidence-weights.json';

/** Documents with questions about them. */
export interface Exam {
  readonly corpus: Corpus;
  readonly questions: readonly LabelledQuestion[];
  /** Where the questions are from, for the report: a file's or folder's name. */
  readonly name: string;
}

/** The options that say what to ask about what. */
export interface ExamOptions {
  readonly questions?: string | undefined;
  readonly knowledge?: string | undefined;
  readonly beir?: string | undefined;
  readonly hide?: string | undefined;
}

/** Reads `--name value` and `--flag`. @throws SetupError for what is not known. */
export function readOptions(flags: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const options = Object.fromEntries([
    ...values.map((name) => [name, { type: 'string' as const }]),
    ...flags.map((name) => [name, { type: 'boolean' as const }]),
  ]);
  try {
    const { values: given } = parseArgs({ options, strict: true });
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : 'The options cannot be read.', { cause: error });
  }
}

/** Opens the documents and reads the questions. @throws SetupError naming the option to mend. */
export async function openExam({ questions, knowledge, beir, hide }: ExamOptions): Promise<Exam> {
  if (beir !== undefined) {
    const share = Number(hide ?? 0);
    if (!(share >= 0 && share < 1)) throw new SetupError('--hide must be a share from 0 to below 1.');
    const set = await openBeir(beir, share);
    return { ...set, name: nameOf(beir) };
  }
  if (questions === undefined) throw new SetupError('--questions FILE or --beir FOLDER is missing.');
  const labelled = await readQuestions(questions);
  if (labelled.length === 0) throw new SetupError(`${questions} holds no question.`);
  return { corpus: await openFolder(knowledge ?? DEFAULT_KNOWLEDGE), questions: labelled, name: nameOf(questions) };
}

/** Runs a command; a problem of set-up ends it with its one sentence, anything else with all there is to know. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const isSaidInOne = error instanceof SetupError || error instanceof RemoteError;
    console.error(isSaidInOne ? error.message : error);
    process.exitCode = 1;
  }
}

function nameOf(path: string): string {
  return (
    path
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? path
  );
}
