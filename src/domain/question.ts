import type { QuestionTerm } from './knowledge.ts';
import { clausesOf, wordsOf } from './words.ts';

/**
 * Words that say nothing about the matter, beyond the stop words that the index leaves out by itself.
 * They are common in chat and rare in documents, so a search takes them for telling ones:
 * left in, every polite question would look half unanswered.
 */
const FILLER: ReadonlySet<string> = new Set(
  [
    // Greetings and forms of address.
    'hi hello hey hiya yo howdy greetings dear good morning afternoon evening guys folks team everyone everybody all there',
    // Courtesy.
    'please pls plz kindly thanks thank thx ty cheers sorry regards appreciate appreciated advance welcome',
    // Asking for help rather than for something.
    'help helping helps question questions ask asking wonder wondering advise advice assist assistance urgent urgently asap',
    'know tell let show explain anyone anybody someone somebody idea ideas clue',
    // Verbs that carry no matter of their own.
    'get gets getting got want wants wanted wanna need needs needed needing would could should may might must shall',
    'can cant cannot couldnt wont wouldnt try tries tried trying seem seems im ive id ill youre',
    // What the index makes of "didn't" and "I'm".
    'didn doesn isn aren wasn weren hasn haven hadn couldn wouldn shouldn won ain m d ll ve re s t',
    // Fillers of speech.
    'just like actually really maybe perhaps basically simply also still well ok okay um uh er so suddenly somehow',
    'thing things stuff something anything everything way lot bit quite',
  ].flatMap((line) => line.split(' ')),
);

/** English words that only bind others together. The index has its own, longer list; this one counts words before a search. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  [
    'a an the this that these those it its i me my mine we us our you your he she his her him they them their',
    'is are was were be been being am do does did doing done dont doesnt didnt isnt arent have has had having havent',
    'and or but if then than because as of at by for with about into to from in on off over under up down out',
    'how what whats where when why who whom which whose not no nor yes any some each both here again now only same too very',
    'will yet ever per via vs',
  ].flatMap((line) => line.split(' ')),
);

/** Openings of a message that continues the one before. */
const CONTINUES = /^(?:and|but|or|also|plus|then|ok and|what about|how about|what if|same for|on|for|with|in|from)\b/;

/** Words that point back at something said before. */
const POINTS_BACK = /\b(?:it|that|this|them|those|these|there|still|same|again|either|instead|too)\b/;

/** Openings of a question that stands by itself, however short. */
const STANDS_ALONE = /\b(?:how|where|when|why|who|i|im|my|we|our|can|cannot|cant)\b/;

/** From this number of telling words on a message is taken to stand by itself: "and on linux" has one. */
const WORDS_OF_A_WHOLE_QUESTION = 4;

/** Characters searched. Longer messages are pasted logs; what is asked stands at the front, and the search stays quick. */
const MAX_CHARACTERS = 2000;

/** The terms of a search that say what the question is about. */
export function contentTerms(terms: readonly QuestionTerm[]): readonly QuestionTerm[] {
  return terms.filter(({ word }) => !wordsOf(word).every((part) => FILLER.has(part)));
}

/**
 * What to search for: what was said, or, where that only continues an earlier question ("and on linux?"),
 * both together. At most 2 000 characters, cut between words.
 */
export function questionText({ said, earlier }: { said: readonly string[]; earlier: readonly string[] }): string {
  const text = said.filter((part) => !nothingAsked(part)).join('\n');
  const before = isFollowUp(text) ? questionBefore(earlier) : null;
  return shortened(before === null ? text : `${before}\n${text}`);
}

/** The last thing said that stood by itself, else the first that said anything. */
function questionBefore(earlier: readonly string[]): string | null {
  const asked = earlier.filter((text) => !nothingAsked(text));
  return asked.findLast((text) => !isFollowUp(text)) ?? asked[0] ?? null;
}

function isFollowUp(text: string): boolean {
  const words = wordsOf(text);
  const telling = words.filter(isTelling).length;
  if (telling >= WORDS_OF_A_WHOLE_QUESTION) return false;
  const sentence = words.join(' ');
  return CONTINUES.test(sentence) || POINTS_BACK.test(sentence) || (telling <= 1 && !STANDS_ALONE.test(sentence));
}

function isTelling(word: string): boolean {
  return !FILLER.has(word) && !FUNCTION_WORDS.has(word);
}

function shortened(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  const cut = text.slice(0, MAX_CHARACTERS);
  // A text without any space (a pasted key, a script that does not use them) is cut where it must be.
  return cut.replace(/\s+\S*$/u, '') || cut;
}

/** Nothing that could be searched: no letter or digit, or only greetings, courtesy and calls for help. */
export function nothingAsked(text: string): boolean {
  return !wordsOf(text).some(isTelling) || isAcknowledgement(text);
}

/**
 * The first of the company's excluded topics that the text mentions, or null.
 * Whole words in a row; case, accents and a plural ending do not matter.
 */
export function excludedTopicIn(text: string, topics: readonly string[]): string | null {
  const haystack = ` ${wordsOf(text).map(singular).join(' ')} `;
  const isMentioned = (topic: string) => {
    const words = wordsOf(topic).map(singular);
    return words.length > 0 && haystack.includes(` ${words.join(' ')} `);
  };
  return topics.find(isMentioned) ?? null;
}

/** Good enough to compare two words, not to spell one: "salaries" and "salary", "bonuses" and "bonus". */
function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  const [ending, replacement] = PLURALS.find(([plural]) => plural.test(word)) ?? [];
  return ending === undefined || replacement === undefined ? word : word.replace(ending, replacement);
}

const PLURALS: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(ss|us|x|z|ch|sh)es$/, '$1'],
  [/s$/, ''],
];

// What follows is matched against whole clauses: "open a ticket" is a wish, "how do I open a ticket in Jira" a question.
// A wish that is missed costs one click on the button; a question taken for a wish costs its asker the answer.

const LEAD =
  '(?:(?:hi|hello|hey|please|pls|can|could|may|might|would|will|you|i|we|id|wed|like|want|wants|need|wanna|to|just|let|me|ok|okay|no|so|then|now|actually|really|sorry|thanks|but|and|still|rather|prefer|is it possible|is there a way) )*';
const DESK = '(?:it|tech|support|helpdesk|help desk|service desk)';
const HUMAN = '(?:human|human being|person|agent|technician|operator|representative)';
const FROM_DESK = `(?: (?:from|in|at|of) (?:the |your |our )?${DESK}(?: (?:team|department|support|staff|desk))?)`;
const A = '(?:(?:a|an|the|some|another|your|our|real|actual|live|human|it|support) )*';
const SOMEBODY = `(?:${A}${HUMAN}${FROM_DESK}?|(?:someone|somebody)(?: real| human| else)?${FROM_DESK}?|${A}(?:(?:it|support) )?(?:guy|guys|people|staff|team|support|helpdesk|help desk|service desk|department)${FROM_DESK}?)`;
const END =
  '(?: (?:please|pls|now|asap|here|instead|directly|right away|today|thanks|thank you|back|for me|(?:about|because|regarding) .+))*';

const WISHES: readonly RegExp[] = [
  `(?:talk|speak|chat) (?:to|with) (?:${SOMEBODY}|it)`,
  `(?:connect|transfer|forward|redirect) me (?:to|with) (?:${SOMEBODY}|it)`,
  `(?:put me through|hand me over|pass me on|pass me) to (?:${SOMEBODY}|it)`,
  `(?:get|give|find|bring|send) (?:me )?${SOMEBODY}`,
  `(?:need|want) (?:${A}${HUMAN}${FROM_DESK}?|(?:someone|somebody)${FROM_DESK})`,
  `${A}${HUMAN}`,
  `(?:someone|somebody|anyone)${FROM_DESK}? (?:to |can |could |should |please )*(?:call|ring|phone|contact) me`,
  `(?:open|create|raise|file|log|submit|make) (?:me |us )?(?:a |an |the |another |new )*(?:it |support |helpdesk |help desk |jira )?(?:ticket|case)(?: (?:for (?:me|this|it|that|my .+)|with (?:it|support)))?`,
  `escalate(?: (?:this|it|that|me|my (?:ticket|request|question|issue|problem)))?(?: to ${SOMEBODY})?`,
].map((wish) => new RegExp(`^${LEAD}${wish}${END}$`));

/** Whether the employee asks for a person, or for a ticket, in so many words. English only. */
export function wantsPerson(text: string): boolean {
  return clausesOf(text).some((clause) => WISHES.some((wish) => wish.test(clause)));
}

const THANKS =
  /^(?:ok |okay |great |cool |perfect |super |many |awesome )*(?:thanks|thank you|thx|ty|cheers|tysm)(?: so much| very much| a lot| a bunch| again| guys| everyone| bot| for (?:the|your) help)*$/;
const SOLVED =
  /^(?!(?:is|has|have)\b)(?:(?:ok|okay|great|yes|yep|yeah|thanks|perfect|and|it|that|this|all|everything|problem|issue|seems|looks|has|is|its|thats|been|now|just|already|totally|did|i|we|have|got|the) )*(?:worked|works|working|solved|fixed|resolved|sorted|helped|did it|did the trick|fixed it|solved it|set|good|fine|never mind|nvm|nevermind|figured it out)(?: (?:now|again|perfectly|great|fine|well|me|already|for me|thanks|thank you|a lot))*$/;
const WORKS_AGAIN =
  /^(?!.*\b(?:not|isnt|doesnt|dont|never|no|nothing|stopped|longer|still|barely|hardly|only|wont|cant|didnt|hasnt|when|how|why|if|but|until)\b)(?!(?:is|are|does|do|has|was)\b)(?:[^ ]+ ){1,4}(?:works|working|fixed|solved|resolved) (?:now|again)(?: thanks| thank you)?$/;

/** Whether the employee only says thanks, or that it works now. English only; anything else in the message and it is not. */
export function saysSolved(text: string): boolean {
  if (text.includes('?')) return false;
  const clauses = clausesOf(text).filter((clause) => THANKS.test(clause) || !isAcknowledgement(clause));
  return (
    clauses.length > 0 && clauses.every((clause) => [THANKS, SOLVED, WORKS_AGAIN].some((form) => form.test(clause)))
  );
}

const LET_GO =
  /^(?:(?:oh|ah|ok|okay|sorry|actually|please|just|no|its|thats|i|we|have|got|it|this|problem|issue|is|has|been|now|already) )*(?:never mind|nvm|nevermind|forget (?:it|about it|that)|figured it out|found it|solved(?: it)?|fixed(?: it)?|sorted(?: it)?|resolved|(?:not|no longer) needed)(?: (?:now|already|myself|thanks|thank you|anyway))*$/;

/**
 * Whether the employee wants no more of it, even when we have asked something: thanks, "never mind", "fixed". What may be
 * an answer to what we asked ("that works") is none. English only; anything else in the message and it is not.
 */
export function letsGo(text: string): boolean {
  if (text.includes('?')) return false;
  const clauses = clausesOf(text);
  return (
    clauses.length > 0 && clauses.every((clause) => [THANKS, LET_GO, WORKS_AGAIN].some((form) => form.test(clause)))
  );
}

const YES = '(?:yes|yep|yeah|yup|yea|indeed|absolutely|definitely|correct)';
const AGREES = new RegExp(
  `^(?:(?:ok|okay|oh) )*(?:${YES} )*(?:${YES}|(?:it|that|this|everything|all) (?:is|has|does|did))(?: (?:it|that|is|has|does|now|thanks|thank you|very much|so much|for me))*$`,
);
const SAYS_YES = new RegExp(`^${YES}(?: |$)`);
const PRAISE = /^(?:great|cool|perfect|nice|awesome|super|excellent)$/;

/** "Yes it is": agrees with whatever was asked. English only; anything else in the message and it does not. */
export function agrees(text: string): boolean {
  if (text.includes('?')) return false;
  const clauses = clausesOf(text);
  const around = [AGREES, THANKS, PRAISE, SOLVED, WORKS_AGAIN];
  return (
    clauses.some((clause) => AGREES.test(clause) || SAYS_YES.test(clause)) &&
    clauses.every((clause) => around.some((form) => form.test(clause)))
  );
}

/** A text of these words, one of the first line among them, only acknowledges. */
const ACKNOWLEDGES = new Set(
  'ok okay k kk great cool nice perfect good sure alright thanks thank ty thx cheers awesome super understood noted yes yep yeah got try check wow excellent'.split(
    ' ',
  ),
);
const AROUND_IT = new Set(
  'it that this you i ill will do let me so very much a lot many see now again have look right away then and the'.split(
    ' ',
  ),
);

/** "Ok", "great, will try that", a thumb: something was said, and nothing asked. English only, but for the thumb. */
export function isAcknowledgement(text: string): boolean {
  if (text.trim() === '' || text.includes('?')) return false;
  const words = wordsOf(text);
  if (words.length === 0) return /\p{Extended_Pictographic}|:[a-z0-9+]/u.test(text);
  return (
    words.some((word) => ACKNOWLEDGES.has(word)) && words.every((word) => ACKNOWLEDGES.has(word) || AROUND_IT.has(word))
  );
}
