import { readFileSync } from 'node:fs';
import { fingerprintOf } from '#domain/fingerprint.ts';
import type { PromptName } from '#domain/prompt.ts';

/** The instructions of each task, and which version of them it is. */
export type Prompts = Readonly<Record<PromptName, Prompt>>;
export interface Prompt {
  readonly instructions: string;
  /** As `answer@1a2b3c4d`: it changes with every letter of the file. */
  readonly version: string;
}

/** Reads the files of `src/prompts`. */
export function loadPrompts(): Prompts {
  return {
    answer: promptOf('answer'),
    check: promptOf('check'),
    'stand-alone': promptOf('stand-alone'),
    picture: promptOf('picture'),
  };
}

function promptOf(name: PromptName): Prompt {
  const instructions = readFileSync(new URL(`./prompts/${name}.md`, import.meta.url), 'utf8').trim();
  return { instructions, version: `${name}@${fingerprintOf(instructions).slice(0, 8)}` };
}
