import type { Draft, DraftSentence, Support } from './draft.ts';
import { cleaned } from './plain-text.ts';

/** More was not asked for, and nobody would read it. */
const MOST_SENTENCES = 20;
const LONGEST_SENTENCE = 600;
const MOST_QUOTES = 12;
const LONGEST_QUOTE = 2000;
const LONGEST_QUESTION = 1000;
const LONGEST_PICTURE_TEXT = 4000;

const OUTCOMES: ReadonlyMap<string, Draft['outcome']> = new Map([
  ['answer', 'answer'],
  ['ask_back', 'ask-back'],
  ['needs_person', 'needs-person'],
  ['not_answerable', 'not-answerable'],
]);

/**
 * What a model proposes, out of its answer to the task `firstline_answer`. Null: not in the form asked for, too long, an
 * answer without a sentence, a question back without a question.
 */
export function readDraft(json: unknown): Draft | null {
  if (!isRecord(json) || typeof json['outcome'] !== 'string') return null;
  const outcome = OUTCOMES.get(json['outcome']);
  const sure = json['sure'];
  if (outcome === undefined || !isShare(sure)) return null;
  const sentences = outcome === 'answer' ? readSentences(json['sentences']) : [];
  const question = outcome === 'ask-back' ? readText(json['question'], LONGEST_QUESTION) : '';
  if (sentences === null || question === null) return null;
  return { outcome, language: readLanguage(json['language']), sentences, question, sure };
}

/**
 * What the second look says, out of the answer to the task `firstline_check`. A sentence of which it says nothing, or both,
 * is not supported. Null: not in the form asked for.
 *
 * @param sentences how many it was shown.
 */
export function readSecondLook(
  json: unknown,
  sentences: number,
): { readonly addresses: boolean; readonly supported: readonly boolean[] } | null {
  if (!isRecord(json) || typeof json['addresses_question'] !== 'boolean' || !Array.isArray(json['sentences']))
    return null;
  const verdicts: readonly unknown[] = json['sentences'];
  if (!verdicts.every(isVerdict)) return null;
  const supported = Array.from({ length: sentences }, (_, index) => {
    const own = verdicts.filter(({ number }) => number === index + 1);
    return own.length > 0 && own.every((verdict) => verdict.supported);
  });
  return { addresses: json['addresses_question'], supported };
}

/** The question that stands by itself, in one line, out of the answer to the task `firstline_question`. Null: none. */
export function readQuestion(json: unknown): string | null {
  const text = isRecord(json) ? readText(json['question'], LONGEST_QUESTION) : null;
  return text === null ? null : text.replaceAll(/\s+/g, ' ');
}

/**
 * What can be read in a picture, out of the answer to the task `firstline_picture`: at most 4,000 characters, what is more
 * is left out; '' where there is nothing to read. Null: not in the form asked for.
 */
export function readPictureText(json: unknown): string | null {
  if (!isRecord(json) || typeof json['text'] !== 'string') return null;
  return cleaned(decoded(json['text'].slice(0, 8 * LONGEST_PICTURE_TEXT)))
    .slice(0, LONGEST_PICTURE_TEXT)
    .trim();
}

function readSentences(json: unknown): readonly DraftSentence[] | null {
  if (!Array.isArray(json) || json.length === 0 || json.length > MOST_SENTENCES) return null;
  const sentences = json.map(readSentence);
  return sentences.every((sentence) => sentence !== null) ? sentences : null;
}

function readSentence(json: unknown): DraftSentence | null {
  if (!isRecord(json) || !Array.isArray(json['support']) || json['support'].length > MOST_QUOTES) return null;
  const text = readText(json['text'], LONGEST_SENTENCE);
  const support = json['support'].map(readSupport);
  return text !== null && support.every((one) => one !== null) ? { text, support } : null;
}

function readSupport(json: unknown): Support | null {
  if (!isRecord(json) || typeof json['passage'] !== 'string' || typeof json['quote'] !== 'string') return null;
  if (json['quote'].length > LONGEST_QUOTE) return null;
  return { passage: cleaned(json['passage']).slice(0, 20), quote: cleaned(decoded(json['quote'])) };
}

function readLanguage(json: unknown): string {
  const [, language = ''] = typeof json === 'string' ? (/^\s*([a-z]{2,3})(?:[-_]|\s*$)/i.exec(json) ?? []) : [];
  return language.toLowerCase();
}

/** Null: none, an empty one, or one longer than `longest`, counted as it is read. */
function readText(json: unknown, longest: number): string | null {
  // a text of megabytes is not even looked through
  if (typeof json !== 'string' || json.length > 8 * longest) return null;
  const text = cleaned(decoded(json));
  return text === '' || text.length > longest ? null : text;
}

/** The entities in which data is shown to a model, which it may copy. The ampersand's last: `&amp;lt;` means `&lt;`. */
function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function isShare(json: unknown): json is number {
  return typeof json === 'number' && json >= 0 && json <= 1;
}

function isVerdict(json: unknown): json is { readonly number: number; readonly supported: boolean } {
  return isRecord(json) && typeof json['number'] === 'number' && typeof json['supported'] === 'boolean';
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
