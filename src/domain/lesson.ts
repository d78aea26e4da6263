import type { Conversation, Turn } from './conversation.ts';
import { isFromTicket } from './reconcile.ts';
import { isAcknowledgement, nothingAsked, saysSolved, wantsPerson } from './question.ts';
import { createRunRedaction } from './redact.ts';
import { wordsOf } from './words.ts';

/** As much as a form takes, so that none is cut when it is edited. */
const MOST_ANSWER = 3000;
const MOST_QUESTION = 300;
/** What agents say in a row is one explanation; before that it is mostly questions. */
const MOST_TURNS = 3;
/** From this number of telling words on something is said. */
const TELLING_WORDS = 5;

/**
 * What is to be learnt from a solved ticket: what was asked, with what the requester added before IT answered, and what
 * IT said last, in Markdown of at most 3,000 characters. Names, addresses, numbers and secrets are taken out of both.
 *
 * Null when no agent said anything of substance, when the requester says last that it did not help, and when what would
 * be taken repeats a document that not everybody may read.
 *
 * @param names of people who may be named in it, beside the agents.
 */
export function lessonFrom(
  conversation: Conversation,
  names: readonly string[] = [],
): { readonly question: string; readonly answer: string } | null {
  const turns = conversation.turns.filter(({ stage, withdrawn }) => stage === 'thread' && !withdrawn);
  const solution = solutionIn(turns);
  const asked = questionIn(turns);
  const said = solution.map(({ text }) => bare(text)).join('\n\n');
  if (asked === '' || said === '' || isRestricted(`${asked}\n${said}`, conversation)) return null;
  const redact = createRunRedaction([...names, ...turns.flatMap(({ authorName }) => authorName ?? [])]);
  const question = shortened(redactMarkdown(asked, redact), MOST_QUESTION);
  return { question, answer: wholeBlocks(shortened(unlinked(redactMarkdown(said, redact)), MOST_ANSWER)) };
}

/** The last things of substance that agents said in a row, in order. */
function solutionIn(turns: readonly Turn[]): readonly Turn[] {
  const solution: Turn[] = [];
  for (const turn of turns.toReversed()) {
    if (turn.author === 'agent' && isSubstantial(turn.text) && solution.length < MOST_TURNS) solution.unshift(turn);
    else if (turn.author !== 'requester') continue;
    else if (solution.length > 0 && isReply(turn)) break;
    // Whatever was said before did not help.
    else if (solution.length === 0 && isComplaint(turn)) return [];
  }
  return solution;
}

function isReply(turn: Turn): boolean {
  return turn.action === 'not-yet' || (turn.action === null && turn.text.trim() !== '' && !isReaction(turn.text));
}

function isReaction(text: string): boolean {
  return isAcknowledgement(text) || saysSolved(text) || isRelief(text);
}

/** "There was a scrap. Prints now." */
function isRelief(text: string): boolean {
  const words = wordsOf(text);
  const said = words.join(' ');
  return words.length <= LONGEST_RELIEF && !text.includes('?') && RELIEF.test(said) && !DOUBT.test(said);
}

const LONGEST_RELIEF = 15;
const RELIEF =
  /\b(?:now|again|works|working|worked|fixed|solved|perfect|great|super|lovely|confirmed|found it|got it|got them|thanks|thank you|thx|cheers|obrigad[ao])\b/;
const DOUBT = /\b(?:not|no|but|still|same|error|doesnt|didnt|isnt|cant|cannot|wont|until|except|only)\b/;

function isComplaint({ action, text }: Turn): boolean {
  if (action !== null) return action === 'not-yet';
  return !isReaction(text) && STILL.test(wordsOf(text).join(' '));
}

const STILL =
  /\b(?:still (?:not|doesnt|does not|isnt|cant|the same|wont|broken|happens|happening|get|getting|have)|(?:doesnt|does not|didnt|did not|not) (?:work|help|solved|fixed|yet)|same (?:problem|error|issue) (?:again|as before)|is back|came back|happens again)\b/;

function questionIn(turns: readonly Turn[]): string {
  const answered = turns.findIndex(({ author }) => author === 'agent');
  const told = turns.find(({ action, values }) => action === 'details' && values !== null)?.values?.['summary'] ?? '';
  const asked = turns
    .slice(0, Math.max(answered, 0))
    .filter((turn) => turn.author === 'requester' && turn.action === null && isAsking(turn.text) && !isFromTicket(turn))
    .map(({ text }) => withoutGreeting(text).replace(/\s+/gu, ' ').trim());
  return asked.length === 0 ? told.trim() : asked.slice(0, MOST_TURNS).join(' ');
}

function isAsking(text: string): boolean {
  return !nothingAsked(text) && !wantsPerson(text) && !saysSolved(text);
}

/** Says something that helps the next one, too: not that it is being looked at, and not only a question back. */
function isSubstantial(text: string): boolean {
  const sentences = bare(text).split(/(?<=[.!?])\s+|\n+/u);
  const telling = sentences
    .filter((sentence) => !sentence.trim().endsWith('?') && !PROMISES.test(wordsOf(sentence).join(' ')))
    .flatMap(wordsOf)
    .filter((word) => !nothingAsked(word));
  return (
    telling.length >= (sentences.some((sentence) => PROMISES.test(wordsOf(sentence).join(' '))) ? 2 : 1) * TELLING_WORDS
  );
}

/** About IT, and not about the matter. */
const PROMISES =
  /\b(?:(?:ill|i will|we will|well|let me|i am|im|we are|were) (?:\w+ )?(?:look|looking|check|checking|have a look|take a look|come|coming|get back|call|ring|ask|see|investigat\w+|working|on it|find out|try|pass|forward)|on my way|(?:could|can|would) you (?:please )?(?:tell|send|try|check|confirm|let)|please (?:tell me|send me|confirm|let me know)|let (?:me|us) know|any news|does that help|closing this|ticket is (?:closed|resolved)|i have (?:received|passed|forwarded)|taking this over|thanks? for (?:the|your|reporting|waiting)|sorry for)\b/;

function bare(text: string): string {
  return withoutGreeting(text).replace(FAREWELL, '').trim();
}

function withoutGreeting(text: string): string {
  return text.trim().replace(GREETING, '').trim();
}

const GREETING =
  /^(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Gg]ood (?:morning|afternoon|evening)|[Bb]om dia|[Bb]oa tarde|[Oo]l[áa]|[Hh]allo|[Hh]oi)\b(?: (?:all|team|there|everyone|guys|folks|again|IT|it|@?\p{Lu}[\p{L}'’-]*)){0,3}\s*(?:[,.!:–-]+\s*|\n+|$)/u;
const FAREWELL =
  /(?:\s{0,4}(?:(?:kind |best |many )?(?:regards|greetings|wishes|thanks)|cheers|thank you|thanks|hope (?:this|that|it) helps|let (?:me|us) know [^\n.!?]{0,80}|just let me know)[,.!]*(?:\s+(?!\d)[\p{L} ]{0,30})?[.!]*)$/iu;

/**
 * What was shown to the requester alone may have been copied by an agent who may read it as well: its link, its title or
 * its lines.
 */
function isRestricted(text: string, { turns }: Conversation): boolean {
  const plain = wordsOf(text).join(' ');
  const holds = (part: string, least: number) => {
    const words = wordsOf(part).join(' ');
    return words.length >= least && plain.includes(words);
  };
  return turns.some(({ decision }) => {
    if (decision === null) return false;
    const shown = 'citations' in decision ? decision.citations : [];
    const secret = [...shown, ...decision.grounds.found].filter(({ restricted }) => restricted === true);
    const isSecret = shown.some(({ restricted }) => restricted === true);
    const lines = decision.kind === 'answer' && isSecret ? decision.quote.split(/\n|(?<=[.!?])\s/u) : [];
    return (
      secret.some(({ url, title }) => text.includes(url) || holds(title, 6)) || lines.some((line) => holds(line, 20))
    );
  });
}

/** A backslash that escapes would hide the word behind it. */
function redactMarkdown(markdown: string, redact: (pieces: readonly string[]) => readonly string[]): string {
  const [first = '', ...rest] = redact(markdown.split(/\\(?=[!-/:-@[-`{-~])/));
  return [first, ...rest.map((piece) => (/^[!-/:-@[-`{-~]/.test(piece) ? `\\${piece}` : piece))].join('');
}

/** A placeholder in front of a parenthesis or a colon would be a link to Markdown. */
function unlinked(markdown: string): string {
  return markdown.replaceAll(/\[(name|e-mail|phone|secret|account number)\](?=[(:[])/g, String.raw`\[$1\]`);
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 10).replace(/\s+\S*$/u, '');
  return `${cut.toWellFormed()}…`;
}

/** A block of code that was cut ends here. */
function wholeBlocks(markdown: string): string {
  return (markdown.match(/^```/gm) ?? []).length % 2 === 0 ? markdown : `${markdown}\n\`\`\``;
}
