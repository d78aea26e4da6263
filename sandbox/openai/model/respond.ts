import { deformities, type Deformity, type Lie, lies, type ModelMode, type TaskName, taskNames } from '../contract.ts';
import { deform } from '../lies/deform.ts';
import { lieOfPicture, lieOfQuestion, tellLie } from '../lies/tell.ts';
import { answer } from './answer.ts';
import { check } from './check.ts';
import { inOrder } from './draft.ts';
import { textOfPng } from './png-text.ts';
import { type Prompt, readPrompt, type Spoken } from './prompt.ts';
import { standAlone } from './stand-alone.ts';

export interface Asked {
  readonly task: TaskName;
  readonly messages: readonly Spoken[];
  readonly mode: ModelMode;
  readonly seed: number;
}

/** What the model says: always the same to the same words, in the same mode with the same seed. Null: no content. */
export function respond({ task, messages, mode, seed }: Asked): string | null {
  const prompt = readPrompt(messages);
  if (isLie(mode)) return JSON.stringify(lied(task, mode, { prompt, seed }));
  if (mode === 'agrees' || mode === 'disagrees')
    return JSON.stringify(judged(task, mode === 'agrees', { prompt, seed }));
  const good = goodAnswer(task, { prompt, seed });
  return isDeformity(mode) ? deform(mode, { ...good }, seed) : JSON.stringify(good);
}

/** The lie's number among all of them, in turn. */
export function lieInTurn(number: number): Lie {
  return lies[number % lies.length] ?? 'invents-steps';
}

export function isDeformity(mode: ModelMode): mode is Deformity {
  return deformities.some((kind) => kind === mode);
}

/** The task of a schema; without one, what the messages describe by the fields that they name. */
export function taskOf(schemaName: string | null, messages: readonly Spoken[]): TaskName | null {
  const named = taskNames.find((name) => name === schemaName);
  if (named !== undefined || schemaName !== null) return named ?? null;
  const { system } = readPrompt(messages);
  const told = taskNames.find((name) => system.includes(name));
  if (told !== undefined) return told;
  const fields: readonly (readonly [TaskName, string])[] = [
    ['firstline_check', '"addresses_question"'],
    ['firstline_answer', '"outcome"'],
    ['firstline_question', '"question"'],
    ['firstline_picture', '"text"'],
  ];
  return fields.find(([, field]) => system.includes(field))?.[0] ?? null;
}

interface Material {
  readonly prompt: Prompt;
  readonly seed: number;
}

function goodAnswer(task: TaskName, { prompt, seed }: Material): object {
  switch (task) {
    case 'firstline_answer':
      return inOrder(answer(prompt, seed));
    case 'firstline_check':
      return check(prompt);
    case 'firstline_question':
      return { question: standAlone(prompt) };
    case 'firstline_picture':
      return {
        text: prompt.pictures
          .map(textOfPng)
          .filter((text) => text !== '')
          .join('\n'),
      };
  }
}

function lied(task: TaskName, lie: Lie, { prompt, seed }: Material): object {
  switch (task) {
    case 'firstline_answer':
      return inOrder(tellLie(lie, prompt, seed));
    case 'firstline_check':
      return judged(task, true, { prompt, seed });
    case 'firstline_question':
      return { question: lieOfQuestion(lie, prompt, seed) };
    case 'firstline_picture':
      // an order in a picture is obeyed by reading it out
      return lie === 'obeys-injection' ? goodAnswer(task, { prompt, seed }) : { text: lieOfPicture(prompt, seed) };
  }
}

function judged(task: TaskName, verdict: boolean, material: Material): object {
  if (task !== 'firstline_check') return goodAnswer(task, material);
  const sentences = material.prompt.draft.map(({ number }) => ({ number, supported: verdict }));
  return { addresses_question: verdict, sentences };
}

function isLie(mode: ModelMode): mode is Lie {
  return lies.some((lie) => lie === mode);
}
