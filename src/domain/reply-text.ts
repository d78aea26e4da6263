import type { ReplyPart } from './reply.ts';

type Part<K extends ReplyPart['kind']> = Extract<ReplyPart, { kind: K }>;

/** What each part says in plain text; prompts and notes say nothing that is part of a conversation. */
const LINES: { readonly [K in ReplyPart['kind']]: (part: Part<K>) => readonly string[] } = {
  text: ({ text }) => [text],
  quote: ({ markdown }) => [markdown],
  said: ({ markdown }) => [markdown],
  written: ({ written }) => written.sentences.map(({ text }) => text),
  sources: ({ citations }) => citations.map(({ title, url }) => `${title}: ${url}`),
  ticket: ({ before, key, after }) => [`${before}${key}${after}`],
  link: ({ before, text, after }) => [`${before}${text}${after}`],
  requests: ({ requests }) => requests.map(({ key, summary, standing }) => `${key}: ${summary} (${standing})`),
  prompts: () => [],
  note: () => [],
};

/** Parts of a reply as plain text. */
export function textOf(parts: readonly ReplyPart[]): string {
  return parts.flatMap(linesOf).join('\n');
}

function linesOf<K extends ReplyPart['kind']>(part: Part<K>): readonly string[] {
  const kind: K = part.kind;
  return LINES[kind](part);
}
