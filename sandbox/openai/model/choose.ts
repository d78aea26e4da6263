import type { Passage, Prompt } from './prompt.ts';
import { type Statement, statementsOf } from './statements.ts';
import { heapOf, shareHeld, sharpStems, tellingStems } from './words.ts';

/** What the passages say to the question. */
export interface Choice {
  readonly chosen: readonly Found[];
  /** How much of the question the best passage holds, 0 to 1. */
  readonly held: number;
}

/** One or two statements of a passage that are said as one. */
export interface Found {
  readonly passage: Passage;
  readonly statements: readonly Statement[];
}

/** How much of a question with so many words a passage has to hold; of a long story less, of a short one nearly all. */
const enough: readonly (readonly [words: number, share: number])[] = [
  [3, 0.7],
  [7, 0.55],
  [Infinity, 0.42],
];
const mostSteps = 12;
const mostSentences = 4;

/** The words that a passage should hold to answer. */
export function askedStems(question: string): string[] {
  const sharp = sharpStems(question);
  return sharp.length > 0 ? sharp : tellingStems(question);
}

/** Nothing is chosen when no passage holds enough of the question. */
export function choose({ question, passages }: Pick<Prompt, 'question' | 'passages'>): Choice {
  const asked = askedStems(question);
  const ranked = passages
    .map((passage, index) => ({ passage, held: heldBy(passage, asked), worth: worthOf(passage, asked, index) }))
    .toSorted((one, other) => other.worth - one.worth);
  const [best, ...others] = ranked;
  if (best === undefined || best.held < enoughOf(asked)) return { chosen: [], held: best?.held ?? 0 };
  const chosen = foundIn(best.passage, asked);
  const missing = asked.filter((stem) => shareHeld([stem], heapOf(textOf(chosen) + best.passage.title)) === 0);
  const more = others
    .filter(({ held }) => held >= enoughOf(asked) && missing.length > 0)
    .flatMap(({ passage }) => supplement(passage, asked, missing))
    .slice(0, 1);
  return { chosen: [...chosen, ...more], held: best.held };
}

function enoughOf({ length }: readonly string[]): number {
  return enough.find(([words]) => length <= words)?.[1] ?? 1;
}

/** What of this passage says most to these words, whether or not it is enough. */
export function foundIn(passage: Passage, asked: readonly string[]): Found[] {
  const blocks = Map.groupBy(joinedUp(passage), ({ statements }) => statements[0]?.block ?? 0);
  const heading = heapOf(`${passage.title} ${passage.section}`);
  const scored = [...blocks].map(([block, found]) => {
    const share = shareHeld(asked, heapOf(leadOf(blocks, block) + textOf(found)));
    const isHowTo = found.length > 1 && found[0]?.statements[0]?.kind === 'step';
    return { found, worth: share + (isHowTo ? 0.15 + 0.3 * shareHeld(asked, heading) : 0) };
  });
  const best = scored.reduce((one, other) => (other.worth > one.worth ? other : one), {
    found: [] as Found[],
    worth: -1,
  });
  return best.found[0]?.statements[0]?.kind === 'step'
    ? best.found.slice(0, mostSteps)
    : tellingOf(
        scored.filter(({ worth }) => worth >= best.worth * 0.7).flatMap(({ found }) => found),
        asked,
      );
}

/** All that a passage says, a command together with the words that lead to it. */
export function joinedUp(passage: Passage): Found[] {
  const found: Found[] = [];
  for (const statement of statementsOf(passage.text)) {
    const before = found.at(-1)?.statements ?? [];
    const [lead] = before;
    const isLed = statement.kind === 'command' && lead !== undefined && before.length === 1 && lead.text.endsWith(':');
    if (isLed) found[found.length - 1] = { passage, statements: [lead, statement] };
    else found.push({ passage, statements: [statement] });
  }
  return found.filter(
    ({ statements: [first, second] }) => first !== undefined && (second !== undefined || isSaid(first)),
  );
}

/** What only leads to something, or is a label, says nothing by itself. */
function isSaid({ kind, text }: Statement): boolean {
  if (kind === 'command' || kind === 'row') return true;
  if (kind === 'step') return !text.endsWith(':');
  return !text.endsWith(':') && text.split(' ').length > 2;
}

function tellingOf(found: readonly Found[], asked: readonly string[]): Found[] {
  const scored = found.map((one, index) => ({ one, index, share: shareHeld(asked, heapOf(textOf([one]))) }));
  const most = Math.max(...scored.map(({ share }) => share));
  // nobody is helped by one line out of four
  const isShort = found.length <= 3;
  return scored
    .filter(({ share }) => isShort || share >= most * 0.6)
    .toSorted((one, other) => other.share - one.share || one.index - other.index)
    .slice(0, mostSentences)
    .toSorted((one, other) => one.index - other.index)
    .map(({ one }) => one);
}

/** The sentence that holds what the best passage leaves open, if it is about the same. */
function supplement(passage: Passage, asked: readonly string[], missing: readonly string[]): Found[] {
  return joinedUp(passage)
    .filter(({ statements: [first] }) => first?.kind === 'sentence' || first?.kind === 'row')
    .filter((one) => {
      const heap = heapOf(textOf([one]));
      return shareHeld(missing, heap) > 0 && shareHeld(asked, heap) >= enoughOf(asked);
    })
    .slice(0, 1);
}

function leadOf(blocks: ReadonlyMap<number, readonly Found[]>, block: number): string {
  const before = blocks.get(block - 1);
  return before?.[0]?.statements[0]?.kind === 'sentence' ? `${textOf(before.slice(-1))} ` : '';
}

function heldBy({ title, section, text }: Passage, asked: readonly string[]): number {
  return shareHeld(asked, heapOf(`${title} ${section} ${text}`));
}

/** A title counts for all passages of a document alike, so that it does not choose between them. */
function worthOf(passage: Passage, asked: readonly string[], index: number): number {
  const { section, text } = passage;
  const own = shareHeld(asked, heapOf(`${section} ${text}`));
  const heading = shareHeld(asked, heapOf(section));
  const steps = joinedUp(passage).filter(({ statements: [first] }) => first?.kind === 'step').length;
  // they come best first
  return heldBy(passage, asked) + 0.5 * own + 0.3 * heading + (steps > 1 ? 0.2 : 0) - 0.03 * index;
}

function textOf(found: readonly Found[]): string {
  return found.flatMap(({ statements }) => statements.map(({ text }) => text)).join(' ');
}
