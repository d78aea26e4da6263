import { nameIndex, namePasses } from './redact-names.ts';
import { numberPasses } from './redact-numbers.ts';
import { afterPass, draftOf, type Pass, piecesOf } from './redact-places.ts';
import { addressPasses, secretPasses } from './redact-secrets.ts';
import { tableSecrets } from './redact-tables.ts';

/** Takes a text as its pieces: what stands in each afterwards, as many as there were. */
export type RunRedaction = (pieces: readonly string[]) => readonly string[];

/**
 * Takes personal data and secrets out of a text before it is kept: names, e-mail addresses, phone and account numbers,
 * passwords, keys and codes become `[name]`, `[e-mail]`, `[phone]`, `[account number]`, `[secret]`.
 *
 * What says something about IT stays, because answers are made of it: error codes, versions, dates, ports, hosts, IP
 * addresses, ticket keys, GUIDs and checksums, and internal extensions of up to five digits. Patterns cannot know
 * everything: a name of somebody who is not named in `names`, or a password of plain words in the middle of a sentence,
 * stays. Takes time linear in the length of the text: each pattern begins only where a run of what it reads begins, or
 * is bounded.
 *
 * The text is as somebody wrote it. In one that is escaped for Markdown, or has marks within its words, no secret with a
 * sign in it is found.
 */
export function redact(text: string, { names }: { names: readonly string[] }): string {
  return createRedaction(names)(text);
}

/** {@link redact} for many texts with the same names: display names, as "Ines Carvalho"; case and accents do not count. */
export function createRedaction(names: readonly string[]): (text: string) => string {
  const redactRuns = createRunRedaction(names);
  return (text) => redactRuns([text]).join('');
}

/**
 * {@link createRedaction} for a text that is in pieces, as bold words are one of their own. What crosses pieces is found
 * as well: its placeholder stands in the first, and the others have what is left.
 */
export function createRunRedaction(names: readonly string[]): RunRedaction {
  const passes = redactionPasses(names);
  return (pieces) => piecesOf(passes.reduce(afterPass, draftOf(pieces)));
}

/** What is looked for, in this order, each in what the ones before have left. */
export function redactionPasses(names: readonly string[]): readonly Pass[] {
  return [tableSecrets, ...secretPasses, ...addressPasses, ...numberPasses, ...namePasses(nameIndex(names))];
}
