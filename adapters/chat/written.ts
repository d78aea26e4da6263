import { beginningOf, oneLine, safeAddress } from './clean-text.ts';
import { splitSpans } from './markdown-segments.ts';

/** Sentences of a model: plain text with code between backticks, and the places of the documents that bear each out. */
interface Written {
  readonly sentences: readonly { readonly text: string; readonly cites: readonly number[] }[];
}

/** How a platform writes what such sentences are made of. */
export interface Markup {
  /** Plain text of one line, so that it is shown as it is. */
  readonly plain: (text: string) => string;
  /** Code of one line; it holds no backticks. */
  readonly code: (code: string) => string;
  /** The mark of a document, by its place from 0; '' for none. */
  readonly mark: (cite: number) => string;
  /** The most characters. */
  readonly limit: number;
}

/** So many sentences are a paragraph; more are the steps of a list. */
const mostOfParagraph = 2;
/** Of one sentence nothing beyond this is read. */
const longestSentence = 4000;
const longestAddress = 2000;
/** Less than this of a sentence says nothing. */
const shortestSentence = 40;

/**
 * Markdown of what a model wrote: steps, or a paragraph, each sentence with the marks of its documents; where all are of
 * one document its mark stands once, at the end. The text is data:
 * nothing in it mentions, links or is set in another type but as code. An https address stays as it is, and a client may
 * make a link of it; one of another sort, or with a user name in it, becomes code, of which no client does.
 *
 * What is longer than `limit` ends with "…".
 */
export function writtenMarkdown({ sentences }: Written, markup: Markup): string {
  const said = markedOnce(sentences.filter(({ text }) => oneLine(text.slice(0, longestSentence)) !== ''));
  const isList = said.length > mostOfParagraph;
  const end = isList ? '\n\n…' : ' …';
  let shown = '';
  for (const [index, sentence] of said.entries()) {
    const head = headOf(index, isList);
    const room = markup.limit - shown.length - head.length - end.length;
    const whole = sentenceMarkdown(sentence, markup);
    if (whole.length > room) {
      const kept = shown || head + beginningThatFits(sentence, markup, room);
      return kept === head ? '' : kept + end;
    }
    shown += head + whole;
  }
  return shown;
}

/** The same mark behind each of seven steps is noise. */
function markedOnce(sentences: Written['sentences']): Written['sentences'] {
  if (citedPlaces({ sentences }).length > 1) return sentences;
  const last = sentences.findLastIndex(({ cites }) => cites.length > 0);
  return sentences.map((sentence, index) => (index === last ? sentence : { ...sentence, cites: [] }));
}

function headOf(index: number, isList: boolean): string {
  if (isList) return `${index === 0 ? '' : '\n'}${index + 1}. `;
  return index === 0 ? '' : ' ';
}

/** The sentences as one reads them in a notification. */
export function writtenWords({ sentences }: Written): string {
  const [first = ''] = sentences
    .map(({ text }) => oneLine(text.slice(0, longestSentence)))
    .filter((line) => line !== '');
  return first.replaceAll('`', '');
}

/** The places of the documents that the sentences name, each once, in order. */
export function citedPlaces({ sentences }: Written): readonly number[] {
  return [...new Set(sentences.flatMap(({ cites }) => cites))].toSorted((one, other) => one - other);
}

function sentenceMarkdown({ text, cites }: Written['sentences'][number], markup: Markup): string {
  const words = splitSpans(oneLine(text.slice(0, longestSentence)))
    .map((segment) => (segment.code ? codeOf(segment.text, markup) : withAddresses(segment.text, markup)))
    .join('');
  const marks = [...new Set(cites)].map(markup.mark).filter((mark) => mark !== '');
  return [words, ...marks].join(' ');
}

function codeOf(span: string, { code, plain }: Markup): string {
  const content = span.replaceAll('`', '').trim();
  return content === '' ? plain(span) : code(content);
}

/** What begins as an address does, up to a blank or a mark that no address holds. */
const addressLike = /[a-z][a-z0-9+.-]*:\/\/[^\s`<>"]+/gi;
const harmlessAddress = /^https:\/\/[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:[/?#][\w\-./?=&%#+,;:@!$]*)?$/;

function withAddresses(text: string, { plain, code }: Markup): string {
  let shown = '';
  let from = 0;
  for (const found of text.matchAll(addressLike)) {
    const address = found[0].replace(/[.,;:!?)\]}'*_~]+$/, '');
    shown += plain(text.slice(from, found.index));
    shown += isHarmless(address) ? address : code(address);
    from = found.index + address.length;
  }
  return shown + plain(text.slice(from));
}

function isHarmless(address: string): boolean {
  return harmlessAddress.test(address) && !/&#?\w+;|__/.test(address) && safeAddress(address, longestAddress) !== null;
}

/** Of a sentence that is too long by itself; '' when hardly anything of it would be left. */
function beginningThatFits(sentence: Written['sentences'][number], markup: Markup, room: number): string {
  for (let length = Math.min(longestSentence, room); length >= shortestSentence; length = Math.floor(length / 2)) {
    const part = sentenceMarkdown({ ...sentence, text: beginningOf(sentence.text, length) }, markup);
    if (part.length <= room) return part;
  }
  return '';
}
