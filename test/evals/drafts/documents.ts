import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chunk } from '../../../knowledge-sync/chunk.ts';
import { readDocument } from '../../../knowledge-sync/markdown/document.ts';

export interface SourceDocument {
  readonly source: string;
  readonly id: string;
  readonly title: string;
  readonly parts: readonly DocumentPart[];
  /** Questions people asked that this document answers. */
  readonly questions: readonly string[];
}

export interface DocumentPart {
  readonly headings: readonly string[];
  readonly text: string;
}

const COMPANY = path.resolve(import.meta.dirname, '../../../sandbox/company/knowledge');
const QUESTIONS = path.resolve(import.meta.dirname, '../questions.jsonl');

/** The documents of the sandbox's company, with the labelled questions about them. */
export function companyDocuments(): readonly SourceDocument[] {
  const asked = jsonLines(QUESTIONS).map(({ question, expected }) => ({ question: String(question), expected }));
  return globSync('*/*.md', { cwd: COMPANY })
    .toSorted()
    .map((id) => {
      const { title, markdown } = readDocument(readFileSync(path.join(COMPANY, id)), id);
      const isAbout = ({ expected }: (typeof asked)[number]) => Array.isArray(expected) && expected.includes(id);
      const questions = asked.filter(isAbout).map(({ question }) => question);
      return { source: 'company', id, title, parts: chunk(markdown, title), questions };
    });
}

/**
 * A set in the layout of the BEIR benchmark. Texts of one title are one document, as they are when answers are measured.
 * Null where the folder is not: then the cases do without it.
 */
export function documentsOfSet(folder: string): readonly SourceDocument[] | null {
  if (!existsSync(path.join(folder, 'corpus.jsonl'))) return null;
  const source = path.basename(folder);
  const asked = questionsByText(folder);
  const texts = jsonLines(path.join(folder, 'corpus.jsonl')).map(({ _id, title, text }) => ({
    id: String(_id),
    title: String(title),
    text: String(text),
  }));
  return [...Map.groupBy(texts, ({ title, id }) => (title === '' ? id : title))].map(([title, members]) => ({
    source,
    id: `${source}/${title}`,
    title,
    parts: members.flatMap(({ text }) => chunk(text, title)),
    questions: [...new Set(members.flatMap(({ id }) => asked.get(id) ?? []))],
  }));
}

function questionsByText(folder: string): ReadonlyMap<string, readonly string[]> {
  const words = new Map(jsonLines(path.join(folder, 'queries.jsonl')).map(({ _id, text }) => [_id, String(text)]));
  const found = new Map<string, string[]>();
  for (const line of readFileSync(path.join(folder, 'qrels/test.tsv'), 'utf8').split('\n').slice(1)) {
    const [query, text] = line.split('\t');
    const question = words.get(query);
    if (text !== undefined && question !== undefined) found.set(text, [...(found.get(text) ?? []), question]);
  }
  return found;
}

function jsonLines(file: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
}
