import { wordsOf } from './said.ts';
import { lookOf } from './plain-text.ts';
import { isOrder } from './orders.ts';

/** A sentence or step nobody has to read twice; the reader lets nothing longer in. */
const LONGEST_SENTENCE = 600;

const MARKUP: readonly RegExp[] = [
  // headings, quotes, tables, fences, rules
  /^\s*#{1,6}\s|^\s*>\s|^\s*\||\|\s*:?-{3,}|```|~~~|^\s*(?:-{3,}|={3,}|\*{3,})\s*$/m,
  // HTML by its names, and comments
  /<\/?(?:a|abbr|b|base|body|br|button|center|code|details|div|em|embed|font|form|frame|h[1-6]|head|html|i|iframe|img|input|li|link|meta|object|ol|p|pre|script|span|strong|style|summary|svg|table|tbody|td|textarea|th|title|tr|u|ul|video)(?:\s[^>]*)?\/?>|<!--|<!doctype|&(?:lt|gt|amp|#\d+|#x[\da-f]+|nbsp);/i,
  /!\[[^\]]*\]\(/,
  // what only our own data to a model has
  /<\/?(?:passage|question|earlier|said|draft|system|instructions?|assistant|user)\b[^>]*>|<\|[a-z_]+\|>/i,
];

/** Speaking of the material instead of the matter, or as a model. */
const TALK: readonly RegExp[] = [
  /(?<![\p{L}\p{N}-])\[?P\d{1,2}\]?(?![\p{L}\p{N}-])/u,
  /\b(?:according to|based on|as (?:stated|mentioned|described|noted|shown|per)(?: in)?|per|from|in) (?:the |this |these |that )?(?:(?:provided|given|supplied|above|cited|retrieved|shown|quoted|following) )?(?:passages?|excerpts?|snippets?|context|(?:provided|given|supplied|retrieved) (?:documents?|information|text|material))\b/i,
  /\b(?:the|this|these|that) (?:passages?|excerpts?|snippets?|(?:provided|given|retrieved) (?:documents?|context|information|text)) (?:say|state|mention|do(?:es)? not|don't|doesn't|show|describe|explain|is|are)/i,
  /\b(?:as an? (?:ai|assistant|language model|llm|bot)|i(?:'m| am) (?:an? |just |only )*(?:ai|bot|assistant|language model|chat ?bot)|my (?:system )?(?:instructions|prompt|guidelines|programming|training)|system prompt|training data|knowledge cutoff|i (?:cannot|can't|am unable to|won't) (?:comply|answer|help with|assist)|prompt injection)\b/i,
  // it does nothing, and says nothing it did
  /\b(?:i(?:'ve| have)(?: (?:just|already|now))?|i(?:'ll| will)|i am going to|i'm going to|i just|i can|we(?:'ve| have) (?:just|already|now)) (?:reset|re-set|open|opened|creat|rais|unlock|sent|send|disabl|enabl|chang|updat|delet|approv|grant|forward|check|contact|restart|install|order|remov|escalat|notif|inform|fix|book|schedul|ask)\w*/i,
  /\b\w+ ?(?:\(at\)|\[at\]|\{at\}) ?\w+|\w ?(?:\(dot\)|\[dot\]|\[\.\]|\{dot\}|\(\.\)) ?\w|\b\w+ dot (?:com|net|org|io|example|co|info)\b|\bhxxps?\b/i,
];

/** What calls people or channels on a chat platform, and tags of any name: only where it is shown is it a placeholder. */
const TAG = /<[!@#][^<>\n]{0,80}>|<\/?[a-z][\w-]{0,40}(?:\s[^<>\n]{0,80})?>/i;

/** Letters that are drawn as other letters: mathematical, enclosed, of full width, with strokes through them. */
const DRESSED =
  /[\u{1D400}-\u{1D7FF}\u{1F100}-\u{1F1FF}\u2460-\u24FF\uFF21-\uFF3A\uFF41-\uFF5A]|[\u{334}-\u{338}]|[\u{20D0}-\u{20EF}]/u;

/**
 * Whether a sentence comes as sentences of answers do: plain text, about the matter, of sane length.
 *
 * @param known what is shown anyway, as the passages and the question: what stands there is no leftover.
 */
export function hasGoodForm(sentence: string, known: string): boolean {
  const words = wordsOf(sentence);
  const look = lookOf(sentence);
  if (words.length === 0 || sentence.length > LONGEST_SENTENCE || hasHugeWord(look) || isRepetition(words))
    return false;
  if (
    MARKUP.some((form) => form.test(withoutCode(look))) ||
    [DRESSED, TAG].some((mark) => hasForeign(mark, sentence, known))
  )
    return false;
  const asked = lookOf(known);
  return TALK.every((form) => !hasForeign(form, look, asked)) && !isOrder(sentence);
}

/** What stands between backticks is checked letter by letter elsewhere. */
function withoutCode(text: string): string {
  return text.replaceAll('```', '\n```\n').replaceAll(/(?<!`)`[^`\n]+`(?!`)/g, ' ');
}

function hasForeign(form: RegExp, text: string, known: string): boolean {
  const [found] = form.exec(text) ?? [];
  return found !== undefined && !known.toLowerCase().includes(found.trim().toLowerCase());
}

/** Nobody writes words of 80 letters but in addresses. */
function hasHugeWord(text: string): boolean {
  return text.split(/\s+/).some((word) => word.length > 80 && !/[/\\=]/.test(word));
}

/** A model that hangs says the same again and again. */
function isRepetition(words: readonly string[]): boolean {
  return words.length >= 12 && new Set(words).size < words.length / 4;
}
