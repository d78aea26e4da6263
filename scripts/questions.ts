import { readFile } from 'node:fs/promises';
import { SetupError } from '#errors.ts';

/** A question as an employee would ask it, and the documents that answer it; none: nothing we have answers it. */
export interface LabelledQuestion {
  readonly question: string;
  readonly expected: readonly string[];
}

/**
 * Reads JSON lines of `{ question, expected }`. `expected` may be a list of document ids, one id, null or missing.
 * @throws SetupError naming the line that is not as it must be.
 */
export async function readQuestions(file: string): Promise<readonly LabelledQuestion[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SetupError(`${file} cannot be read.`, { cause: error });
  });
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      const labelled = labelledFrom(line);
      if (labelled === null) throw new SetupError(`${file}, line ${number}: must be { "question": …, "expected": … }.`);
      return labelled;
    });
}

function labelledFrom(line: string): LabelledQuestion | null {
  const entry = parsed(line);
  if (typeof entry !== 'object' || entry === null) return null;
  const { question, expected = null } = Object.fromEntries(Object.entries(entry));
  if (typeof question !== 'string') return null;
  const ids = Array.isArray(expected) ? expected : [expected].filter((id) => id !== null);
  return ids.every((id) => typeof id === 'string') ? { question, expected: ids } : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Whether a label means this document: with or without `.md` and without the folders above, as people write it. */
export function meansDocument(label: string, documentId: string): boolean {
  const [a, b] = [plainId(label), plainId(documentId)];
  return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

function plainId(id: string): string {
  return id
    .trim()
    .replace(/^\.?\/+/, '')
    .replace(/\.(?:md|markdown)$/i, '')
    .toLowerCase();
}
