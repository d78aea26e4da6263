import { decodedIn, disguisesOf, formOf } from './order-disguises.ts';
import { ADDRESSES, LABEL, ORDERS, TURNS } from './order-forms.ts';
import { withoutHidden } from './order-hidden.ts';
import { withoutTablesForMachines } from './order-tables.ts';
import { lookOf } from './plain-text.ts';

/** Marks that have it drawn in another order than it is read in by machines; no language needs them. */
const OVERRIDE = /[\u202D\u202E]/u;

/** Nobody hides a sentence in Base64 from those who are to read it. */
const PROSE = /(?:\b[a-z']{2,} ){5}/;

/** A longer run of one line is not looked at in disguises: pasted data. */
const LONGEST_DISGUISE = 2000;

/**
 * A text without what orders an assistant about instead of telling something: "ignore your instructions", headings that
 * claim to be a system's turn, our own tags, notes and tables for machines, comments and elements that nobody sees. Also
 * in disguises that a model sees through: letters spaced out or replaced, written backwards, ROT13, Base64. Ordinary
 * directions to people stay.
 *
 * Words tell a part of them only: what counts is that an answer rests on quotes, and has no effect but to be read.
 *
 * `removed` counts what was taken out: sentences, tags, comments. 0: the text is as it was.
 */
export function withoutOrders(text: string): { readonly text: string; readonly removed: number } {
  const visible = withoutHidden(text);
  const bare = withoutTablesForMachines(visible.text);
  let removed = visible.removed + bare.removed;
  const lines = bare.text.split('\n').map((line) => {
    const { text: rest, removed: count } = withoutOrdersOfLine(line);
    removed += count;
    return count > 0 && !/[\p{L}\p{N}]/u.test(rest) ? null : rest;
  });
  const { kept, removed: across } = withoutOrdersAcross(lines.filter((line) => line !== null));
  removed += across;
  return removed === 0 ? { text, removed } : { text: kept.join('\n'), removed };
}

/** Whether a sentence is an order to an assistant, plainly or in disguise. */
export function isOrder(sentence: string): boolean {
  if (OVERRIDE.test(sentence)) return true;
  const plain = formOf(sentence);
  if (isPlainOrder(plain)) return true;
  if (sentence.length > LONGEST_DISGUISE) return false;
  return (
    decodedIn(sentence).some((code) => PROSE.test(code)) ||
    disguisesOf(plain, sentence).some((form) => isPlainOrder(form))
  );
}

function isPlainOrder(text: string): boolean {
  return windowsOf(text).some((window) => ORDERS.some((order) => order.test(window)));
}

/** A longer text without the end of a sentence is looked at in parts: forms look ahead, and are slow where much may follow. */
const LONGEST_LOOK = 1000;
const OVERLAP = 250;

function windowsOf(text: string): readonly string[] {
  if (text.length <= LONGEST_LOOK) return [text];
  const step = LONGEST_LOOK - OVERLAP;
  return Array.from({ length: Math.ceil((text.length - OVERLAP) / step) }, (_, at) =>
    text.slice(at * step, at * step + LONGEST_LOOK),
  );
}

function isForMachines(sentence: string): boolean {
  return windowsOf(formOf(sentence)).some((window) => ADDRESSES.some((address) => address.test(window)));
}

function withoutOrdersOfLine(line: string): { readonly text: string; readonly removed: number } {
  if (TURNS.some((turn) => turn.test(lookOf(line)))) return { text: '', removed: 1 };
  const sentences = line.split(/(?<=[.!?。！？]["')\]*_]*\s)/u);
  // What comes behind a note to machines is for them as well.
  const note = sentences.findIndex((sentence) => isForMachines(sentence));
  const kept = (note < 0 ? sentences : sentences.slice(0, note)).filter((sentence) => !isOrder(sentence));
  const isTurn = kept.length < sentences.length && LABEL.test(lookOf(line));
  if (isTurn || (kept.length === sentences.length && sentences.length > 1 && isOrderOnlyAsWhole(line)))
    return { text: '', removed: 1 };
  return {
    text: kept.length === sentences.length ? line : kept.join('').trimEnd(),
    removed: sentences.length - kept.length,
  };
}

/** Dots between the words of an order do not make sentences of it: `Ignore. previous. instructions.` */
function isOrderOnlyAsWhole(line: string): boolean {
  return line.length <= LONGEST_DISGUISE && isOrder(line.replaceAll(/(?<=\p{L})[.!?](?=\s+\p{Ll})/gu, ''));
}

/** An order that is broken over lines goes with all of them. */
function withoutOrdersAcross(lines: readonly string[]): { readonly kept: readonly string[]; readonly removed: number } {
  const isPart = lines.map((line, index) => {
    const next = lines[index + 1];
    if (next === undefined || line.trim() === '' || next.trim() === '') return false;
    const end = line.slice(-200);
    const begin = next
      .trimStart()
      .replace(/^(?:[-*+>]|\d{1,3}[.)])\s+/, '')
      .slice(0, 200);
    return /[\p{L},]\s*$/u.test(end) && isPlainOrder(formOf(`${end} ${begin}`));
  });
  const kept = lines.filter((_, index) => isPart[index] !== true && isPart[index - 1] !== true);
  return { kept, removed: lines.length - kept.length };
}
