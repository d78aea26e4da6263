import { type Chance, chanceOf } from './chance.ts';
import type { Found } from './choose.ts';
import type { DraftSentence } from './draft.ts';
import { encoded } from './prompt.ts';

/** Other words for the same, with which nobody could do anything else. */
const turns: readonly (readonly [from: RegExp, to: string])[] = [
  [/\bdon't\b/giu, 'do not'],
  [/\bcan't\b/giu, 'cannot'],
  [/\bdoesn't\b/giu, 'does not'],
  [/^Please (\p{L})/u, '$1'],
  [/^Choose\b/u, 'Select'],
  [/\bIt takes\b/u, 'This takes'],
  [/^You need\b/u, 'You will need'],
  [/\bstraight away\b/u, 'at once'],
];

/** Verbs of places where an order begins: before them "First," reads well. */
const order =
  /^(?:Add|Approve|Ask|Check|Choose|Click|Close|Connect|Go|Install|Open|Press|Quit|Restart|Run|Select|Set|Sign|Start|Switch|Turn|Unplug|Wait|Click)\b/u;

/** Says what was found, in nearly the words that it stands in; the quotes stay verbatim. */
export function phrase(found: readonly Found[], seed: number): DraftSentence[] {
  const steps = found.filter(({ statements: [first] }) => first?.kind === 'step');
  return found.map((one) => {
    const chance = chanceOf('phrase', seed, one.statements[0]?.quote ?? '');
    const place = { isFirst: one === steps[0], isLast: one === steps.at(-1) && steps.length > 2 };
    const text = inOrder(reworded(said(one), chance), place, chance);
    return {
      text,
      support: one.statements.map(({ quote }) => ({ passage: one.passage.id, quote: encoded(quote) })),
    };
  });
}

function said({ statements: [first, second] }: Found): string {
  const text = first?.text ?? '';
  // the words that lead to a command say already that it is to be run
  const led = second === undefined ? text : `${text} ${second.text.replace(/^Run | *\.$/gu, '')}`;
  const bare = led.replace(/^\((.*)\)$/u, '$1');
  const whole = `${bare.slice(0, 1).toUpperCase()}${bare.slice(1)}`;
  return /[.!?:`…)"”]$/u.test(whole) ? whole : `${whole}.`;
}

function reworded(text: string, chance: Chance): string {
  if (chance.below(2) === 0) return text;
  const other = turns.reduce((words, [from, to]) => words.replace(from, to), text);
  return `${other.slice(0, 1).toUpperCase()}${other.slice(1)}`;
}

function inOrder(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }, chance: Chance): string {
  const isOrder = order.test(text) && chance.below(3) > 0;
  if (!isOrder || !(isFirst || isLast)) return text;
  return `${isFirst ? 'First' : 'Finally'}, ${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
