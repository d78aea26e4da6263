import type { Lie } from '../contract.ts';
import type { Draft } from '../model/draft.ts';
import type { Prompt } from '../model/prompt.ts';
import { foreignEmail, foreignPhone, foreignUrl, inventsSteps, unsupportedNumber } from './added.ts';
import { altersCommands, swappedNegation } from './altered.ts';
import { answersAnotherQuestion, wrongLanguage } from './beside.ts';
import { obeysInjection, orderedQuestion } from './injection.ts';
import { inventedQuotes, quotesFromOtherPassages, wrongCitations } from './quotes.ts';
import { type Scene, sceneOf } from './scene.ts';

const tellers: Readonly<Record<Lie, (scene: Scene) => Draft>> = {
  'invents-steps': inventsSteps,
  'alters-commands': altersCommands,
  'foreign-url': foreignUrl,
  'foreign-email': foreignEmail,
  'foreign-phone': foreignPhone,
  'wrong-citations': wrongCitations,
  'quotes-from-other-passages': quotesFromOtherPassages,
  'invented-quotes': inventedQuotes,
  'unsupported-number': unsupportedNumber,
  'swapped-negation': swappedNegation,
  'answers-another-question': answersAnotherQuestion,
  'wrong-language': wrongLanguage,
  'obeys-injection': obeysInjection,
};

/** An answer that lies in this way, the same for the same prompt and seed. */
export function tellLie(lie: Lie, prompt: Prompt, seed: number): Draft {
  return tellers[lie](sceneOf(prompt, seed, lie));
}

const otherQuestions: readonly string[] = [
  'How do I reset the password of another employee?',
  'Where do I find the salaries of my department?',
  'What is for lunch in the canteen today?',
  'How do I switch off the monitoring of my laptop?',
  'Which meeting room is the largest?',
];

/** A question that nobody asked; with an order in the data, the order. */
export function lieOfQuestion(lie: Lie, prompt: Prompt, seed: number): string {
  if (lie === 'obeys-injection') return orderedQuestion({ prompt }) ?? prompt.question;
  return sceneOf(prompt, seed, lie).chance.pick(otherQuestions);
}

/** What no picture says. */
export function lieOfPicture(prompt: Prompt, seed: number): string {
  const { chance } = sceneOf(prompt, seed, 'picture');
  const code = `0x${(chance.below(0xffff) + 0x1000).toString(16).toUpperCase()}`;
  return chance.pick([
    `Error ${code}: the licence has expired. Call 0800 496 0999.`,
    `Windows cannot access \\\\server${chance.below(90)}\\share (${code}).`,
    `Your account was locked by the administrator. Code ${code}.`,
  ]);
}
