import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface LabelledDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** A question with the grade of each right document, above 0. */
export interface LabelledQuestion {
  readonly id: string;
  readonly text: string;
  readonly right: ReadonlyMap<string, number>;
}

export interface LabelledSet {
  readonly name: string;
  readonly documents: readonly LabelledDocument[];
  /** Only those with a right document. */
  readonly questions: readonly LabelledQuestion[];
}

/**
 * Reads a folder in the layout of the BEIR benchmark (https://github.com/beir-cellar/beir/wiki/Load-your-custom-dataset):
 * corpus.jsonl, queries.jsonl, qrels/test.tsv with a header. Tolerates a missing title, further fields and numbers
 * for ids; leaves out questions without a right document, because averages are taken over the others.
 */
export async function readLabelledSet(folder: string): Promise<LabelledSet> {
  const documents: LabelledDocument[] = [];
  for await (const line of linesOf(path.join(folder, 'corpus.jsonl'))) {
    const { _id, title, text } = record(line);
    documents.push({ id: String(_id), title: words(title), text: words(text) });
  }
  const grades = await readGrades(path.join(folder, 'qrels', 'test.tsv'));
  const questions: LabelledQuestion[] = [];
  for await (const line of linesOf(path.join(folder, 'queries.jsonl'))) {
    const { _id, text } = record(line);
    const right = grades.get(String(_id));
    if (right !== undefined) questions.push({ id: String(_id), text: words(text), right });
  }
  return { name: path.basename(path.resolve(folder)), documents, questions };
}

async function readGrades(file: string): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const grades = new Map<string, Map<string, number>>();
  for await (const line of linesOf(file)) {
    const [question = '', document = '', score = ''] = line.trim().split('\t');
    const grade = Number(score);
    if (!(grade > 0)) continue; // the header, or judged and not right
    const right = grades.get(question) ?? new Map<string, number>();
    grades.set(question, right.set(document, grade));
  }
  return grades;
}

async function* linesOf(file: string): AsyncIterable<string> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    if (line.trim() !== '') yield line;
  }
}

function record(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
