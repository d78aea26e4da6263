import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Chunk, EVERYONE, type QuestionVector } from '#domain/knowledge.ts';
import { redact } from '#domain/redact.ts';
import { SetupError } from '#errors.ts';
import type { Knowledge, KnowledgeWriting } from '#knowledge-ports.ts';
import type { Embedder, Vectors } from '#model-ports.ts';
import { openDatabase } from '../adapters/postgres/database.ts';
import { createKnowledge } from '../adapters/postgres/knowledge.ts';
import { createNearest } from '../adapters/postgres/nearest.ts';
import { createVectors } from '../adapters/postgres/vectors.ts';
import { chunk } from '../knowledge-sync/chunk.ts';
import { createMarkdownFolder } from '../knowledge-sync/markdown/index.ts';
import { syncSource } from '../knowledge-sync/sync.ts';
import type { LabelledQuestion } from './questions.ts';

/** Documents in a database of their own, in memory, for one run. */
export interface Corpus {
  readonly knowledge: Knowledge;
  readonly documents: number;
  /** Has the chunks embedded, and returns what does the same with questions. Paid calls, none of which is asked twice. */
  embed(embedder: Embedder): Promise<EmbedQuestion>;
  close(): Promise<void>;
}

export type EmbedQuestion = (text: string) => Promise<QuestionVector>;

const SOURCE = 'markdown';

/** A folder of Markdown files, brought in by the sync itself. Files that cannot be read are named on standard error. */
export async function openFolder(folder: string): Promise<Corpus> {
  await access(folder).catch((error: unknown) => {
    throw new SetupError(`The folder ${folder} cannot be read.`, { cause: error });
  });
  return withDatabase(async (knowledge) => {
    const clock = () => new Date();
    const source = createMarkdownFolder({ folder, clock, name: SOURCE });
    const silence = () => {};
    const log = { debug: silence, info: silence, warn: silence, error: silence };
    const report = await syncSource({ source, knowledge, log, clock });
    for (const { id, reason } of report.failed) console.error(`${id}: ${reason}`);
    if (report.brokenOff !== null) throw report.brokenOff;
  });
}

/** A folder in the layout of the BEIR benchmark: its documents, and its questions. */
export interface BeirSet {
  readonly corpus: Corpus;
  readonly questions: readonly LabelledQuestion[];
}

interface Text {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/**
 * Opens `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`.
 *
 * Texts under the same title (posts of one thread) or with the same label in `labels.json` become one document, as
 * they would be in a company. A question without a line in the judgements is unanswerable.
 *
 * @param hide share of the documents, 0 to 1, left out by a hash of their name: "nobody wrote the article".
 */
export async function openBeir(folder: string, hide: number): Promise<BeirSet> {
  const documents = grouped(await readTexts(folder), await readLabels(folder));
  const documentOf = new Map([...documents].flatMap(([id, texts]) => texts.map((text) => [text.id, id] as const)));
  const kept = [...documents].filter(([id]) => !isHidden(id, hide));
  const keptIds = new Set(kept.map(([id]) => id));
  const corpus = await withDatabase(async (knowledge) => {
    for (const [id, texts] of kept) await knowledge.put(documentFrom(id, texts), chunksOf(texts));
  });
  const judged = await readJudgements(folder);
  const questions = (await jsonLines(join(folder, 'queries.jsonl'))).map((query) => {
    const expected = (judged.get(textIn(query, '_id')) ?? []).map((id) => documentOf.get(id) ?? id);
    return { question: textIn(query, 'text'), expected: [...new Set(expected)].filter((id) => keptIds.has(id)) };
  });
  return { corpus, questions };
}

async function withDatabase(fill: (knowledge: KnowledgeWriting) => Promise<void>): Promise<Corpus> {
  const database = await openDatabase({});
  try {
    const nearest = createNearest({ log: console });
    const knowledge = createKnowledge({ knex: database.knex, language: 'english', nearest });
    await fill(knowledge);
    const documents = (await knowledge.stored(SOURCE)).size;
    const embed = (embedder: Embedder) => embedAll(createVectors(database.knex), embedder);
    return { knowledge, documents, embed, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const EMBEDDED_AT_ONCE = 64;

async function embedAll(vectors: Vectors, embedder: Embedder): Promise<EmbedQuestion> {
  const embed = async (texts: readonly string[]) => {
    const { vectors: made } = await embedder.embed(texts, new AbortController().signal);
    return texts.map((_, index) => made[index] ?? new Float32Array());
  };
  await vectors.useModel(embedder.name);
  for (;;) {
    const chunks = await vectors.missing(embedder.name, EMBEDDED_AT_ONCE);
    if (chunks.length === 0) break;
    // without what the program would not send either
    const made = await embed(chunks.map(({ text }) => redact(text, { names: [] })));
    await vectors.put(
      embedder.name,
      chunks.map((chunk, index) => ({ ...chunk, vector: made[index] ?? new Float32Array() })),
    );
  }
  return async (text) => {
    const [values = new Float32Array()] = await embed([text]);
    return { model: embedder.name, values };
  };
}

function grouped(texts: readonly Text[], labels: ReadonlyMap<string, string>): ReadonlyMap<string, readonly Text[]> {
  return Map.groupBy(texts, (text) => labels.get(text.id) ?? (text.title === '' ? text.id : `title:${text.title}`));
}

function isHidden(id: string, share: number): boolean {
  return createHash('sha256').update(id).digest().readUInt32BE() / 2 ** 32 < share;
}

function documentFrom(id: string, texts: readonly Text[]) {
  const title = texts[0]?.title ?? '';
  return {
    source: SOURCE,
    id,
    title: title === '' ? 'Untitled' : title,
    url: '',
    revision: '1',
    updatedAt: null,
    markdown: texts.map(({ text }) => text).join('\n\n'),
    audience: EVERYONE,
    gaps: [],
    isComplete: true,
  };
}

function chunksOf(texts: readonly Text[]): readonly Chunk[] {
  return texts.flatMap(({ title, text }) => chunk(text, title)).map((part, ordinal) => ({ ...part, ordinal }));
}

async function readTexts(folder: string): Promise<readonly Text[]> {
  const lines = await jsonLines(join(folder, 'corpus.jsonl'));
  return lines.map((line) => ({ id: textIn(line, '_id'), title: textIn(line, 'title'), text: textIn(line, 'text') }));
}

async function readLabels(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(folder, 'labels.json'), 'utf8').catch(() => '{}');
  return new Map(Object.entries(JSON.parse(text)).map(([id, label]) => [id, `label:${String(label)}`]));
}

async function readJudgements(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const judged = new Map<string, string[]>();
  const file = await readFile(join(folder, 'qrels/test.tsv'), 'utf8');
  for (const line of file.split('\n').slice(1)) {
    const [query, document, score] = line.split('\t');
    if (query === undefined || document === undefined || Number(score) <= 0) continue;
    judged.set(query, [...(judged.get(query) ?? []), document]);
  }
  return judged;
}

async function jsonLines(file: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  await access(file).catch((error: unknown) => {
    throw new SetupError(`${file} cannot be read.`, { cause: error });
  });
  const lines: Readonly<Record<string, unknown>>[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line.trim() !== '') lines.push(JSON.parse(line));
  }
  return lines;
}

function textIn(line: Readonly<Record<string, unknown>>, field: string): string {
  const value = line[field];
  return typeof value === 'string' ? value : '';
}
