import { askedStems, type Choice, choose, type Found } from './choose.ts';
import type { Draft } from './draft.ts';
import { languageOf } from './language.ts';
import { phrase } from './phrase.ts';
import type { Prompt } from './prompt.ts';
import { heapOf, shareHeld, sharpStems, tellingStems, wordsOf } from './words.ts';

/** What somebody asks for that no text gives: a thing, a right, a repair, a person. */
const wants =
  /\b(?:approv\w+|permission|grant|need access|give me access|get access|order (?:a|me)|replace\w*|new (?:laptop|phone|mouse|keyboard|monitor|battery)|broken?|cracked|smashed|spilt|spilled|stolen|lost|won't turn on|swollen|dead)\b/iu;
/** Who asks how wants to be told, even if it is that somebody else does it. */
const asksHow = /^\W*(?:how|where|what|who|when|which|why)\b|\bhow (?:do|can|should|to)\b/iu;
/** What texts say of such things. */
const itDoes =
  /\b(?:raises? (?:a ticket|\p{Lu})|in a ticket|the ticket goes|ask us|tell us|call us|ring us|bring it to|(?:to|at) the IT desk|we (?:replace|lock|lend|order|send|give|look|set|add|create|unlock|wipe|grant)|IT (?:sets|adds|grants|gives|does)|approves?|approval|extension \d+)\b/u;
const person =
  /\b(?:speak|talk|chat) (?:to|with) (?:a|an|some|the)\s?(?:real )?(?:person|human|body|one|agent|colleague)\b|\breal person\b|\bhuman\b/iu;

/** Answers from the passages, as well as it can. */
export function answer(prompt: Prompt, seed: number): Draft {
  const { question } = prompt;
  const language = languageOf(question);
  const none = { language, sentences: [], question: '' };
  if (person.test(question)) return { ...none, outcome: 'needs_person', sure: 0.95 };
  if (isVague(question)) return { ...none, outcome: 'ask_back', question: whatToAsk(question), sure: 0.9 };
  const choice = choose(prompt);
  if (choice.chosen.length === 0) return { ...none, outcome: 'not_answerable', sure: 0.9 };
  if (wants.test(question) && !asksHow.test(question) && isForPeople(choice.chosen))
    return { ...none, outcome: 'needs_person', sure: 0.8 };
  return { ...none, outcome: 'answer', sentences: phrase(choice.chosen, seed), sure: sureOf(choice, question) };
}

/** Nothing is left without the words that every complaint has, or one word alone. */
function isVague(question: string): boolean {
  const sharp = sharpStems(question);
  return sharp.length === 0 || (sharp.length === 1 && wordsOf(question).length <= 2);
}

function whatToAsk(question: string): string {
  const [about] = wordsOf(question).filter((word) => sharpStems(word).length > 0);
  if (about === undefined) return 'Which device or program is it, and what do you see when you try?';
  return `What would you like to do with ${about}, or what happens when you try?`;
}

/** What the passages say begins with what IT does. */
function isForPeople(found: readonly Found[]): boolean {
  return found.slice(0, 2).some(({ statements }) => statements.some(({ text }) => itDoes.test(text)));
}

function sureOf({ chosen, held }: Choice, question: string): number {
  const said = chosen.flatMap(({ statements }) => statements.map(({ text }) => text)).join(' ');
  const about = chosen.map(({ passage }) => `${passage.title} ${passage.section}`).join(' ');
  const share = shareHeld(askedStems(question), heapOf(`${said} ${about}`));
  const length = Math.min(tellingStems(question).length, 4) / 4;
  return Math.round((0.35 + 0.3 * held + 0.25 * share + 0.08 * length) * 100) / 100;
}
