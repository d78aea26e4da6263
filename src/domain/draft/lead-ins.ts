import { namesScope } from './conditions.ts';
import type { DraftSentence, ShownPassage } from './draft.ts';
import { aboveOf } from './evidence.ts';
import { factsOf, says } from './facts.ts';
import { type Language, languageOf } from './language.ts';
import { isAkinToAny, stemOf, stemSetOf } from './likeness.ts';
import { lookOf, withoutMarks } from './plain-text.ts';
import { wordsOf } from './said.ts';
import { isTelling } from './telling.ts';

/** What is told of what comes next, or said out of courtesy. */
const ANNOUNCES =
  /:\s*$|(?:^|[.,;!:-] )here(?:'s| is| are)\b|\bas follows\b|^(?:please )?follow (?:these|the)\b|\b(?:follow|try|take|do) (?:this|these|the following|the)(?: (?:simple |quick )?(?:steps|instructions))?(?: below)?[.!]?$/i;
const COURTEOUS =
  /^(?:(?:i'm|i am|we're|we are) )?(?:(?:so|very|really) )?sorry\b|^(?:hi|hello|thanks|thank you|sure|certainly|of course|no problem|(?:great|good) question)\b|^(?:i )?hope (?:this|that|it) helps\b|\blet (?:me|us) know if you (?:need|have|want|run into)\b/i;

/** What belongs to that, and says nothing of the matter. */
const OWN_WORDS = new Set(
  'step instruction guide laptop computer pc machine device great good further assistance hope run try trouble problem issue error difficulty hear happen happy help glad certainly course thank asking quick short simple easy full detail process explain list checklist look know frustrating inconvenience apologies apologise'
    .split(' ')
    .map(stemOf),
);

/** Whoever leaves this out turns what follows. */
const WARNS = /\bnot to\b|\bto not\b/i;
const DENIAL = /\b(?:not|no|never|cannot|unable)\b|n't\b/i;

/** A few words in bold, and nothing else. */
const BOLD = /^\*\*(?:[^*\s]+ ){0,3}[^*\s]+\*\*:?$/;

/** The mark of an item at its beginning. */
const ITEM = /^\s*(?:\d{1,2}[.)]|[-*•])\s+/;

interface Asked {
  readonly question: string;
  readonly passages: readonly ShownPassage[];
}

/** What a lead-in may be made of. */
interface Vocabulary {
  readonly question: string;
  readonly asked: readonly string[];
  readonly above: readonly string[];
  readonly language: Language;
}

/**
 * The sentences without those that only lead to the next: in words of the question, of titles and of courtesy, with no fact
 * of their own. "On a Mac:" is put before what follows where nobody asked about Macs, or where it is one heading of several.
 */
export function withoutLeadIns(sentences: readonly DraftSentence[], asked: Asked): readonly DraftSentence[] {
  const { question, passages } = asked;
  const vocabulary = {
    question,
    asked: stemSetOf(question),
    above: stemSetOf(passages.map(aboveOf).join('\n')),
    language: languageOf(question),
  };
  const leading = sentences.map(({ text }) => isLeadIn(text, vocabulary));
  const scoping = sentences.filter(({ text }, at) => leading[at] === true && namesScope(text));
  const isOneOfSeveral = scoping.length > 1;
  const left = sentences.flatMap((sentence, at) => {
    if (leading[at] === true) {
      const isScoping = isOneOfSeveral ? scoping.includes(sentence) : bringsScope(sentence.text, vocabulary);
      // with nothing behind it to be put before, it is looked at like any other
      return isScoping && !isFollowed(sentence, leading[at + 1]) ? [sentence] : [];
    }
    const before = sentences[at - 1];
    const isHeaded =
      before !== undefined &&
      leading[at - 1] === true &&
      (isOneOfSeveral ? scoping.includes(before) : bringsScope(before.text, vocabulary)) &&
      isFollowed(before, leading[at]);
    return [isHeaded ? headed(sentence, before.text) : sentence];
  });
  return left.length === 0 ? sentences : left;
}

function isFollowed({ text }: DraftSentence, isLeadInNext: boolean | undefined): boolean {
  return isLeadInNext === false && (plainly(text).endsWith(':') || BOLD.test(text.trim()));
}

function headed(sentence: DraftSentence, heading: string): DraftSentence {
  const [mark = ''] = ITEM.exec(sentence.text) ?? [];
  return { ...sentence, text: `${mark}${plainly(heading).replace(/:$/, '')}: ${sentence.text.slice(mark.length)}` };
}

function isLeadIn(text: string, { question, asked, above, language }: Vocabulary): boolean {
  const plain = plainly(text);
  const isOfForm = ANNOUNCES.test(plain) || COURTEOUS.test(plain) || (BOLD.test(text.trim()) && namesScope(plain));
  if (!isOfForm || WARNS.test(plain) || (DENIAL.test(plain) && !DENIAL.test(lookOf(question)))) return false;
  if (factsOf(plain).some((fact) => !says(question, fact))) return false;
  return wordsOf(plain)
    .filter((word) => isTelling(word, language) || /\p{N}/u.test(word))
    .map(stemOf)
    .every((stem) => OWN_WORDS.has(stem) || isAkinToAny(stem, asked) || isAkinToAny(stem, above));
}

/** Whether it tells for whom or where what follows holds, and the question does not. */
function bringsScope(text: string, { asked }: Vocabulary): boolean {
  return wordsOf(text).some((word) => namesScope(word) && !asked.includes(stemOf(word)));
}

function plainly(text: string): string {
  return withoutMarks(lookOf(text)).replace(ITEM, '').trim();
}
