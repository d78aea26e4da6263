/** Of a message, besides its text: its role and what stands around it. */
const perMessage = 4;
/** Of a picture, whatever its size. */
export const perPicture = 765;
/** Prompts that begin alike are read from a cache, from this length on, in steps. */
const cachedFrom = 1024;
const cachedStep = 128;

/** Four characters each, as English has it on average. */
export function tokensOf(text: string): number {
  return Math.ceil(Array.from(text).length / 4);
}

/** The text cut to so many tokens. */
export function cutTo(text: string, tokens: number): string {
  return Array.from(text)
    .slice(0, tokens * 4)
    .join('');
}

export function promptTokens(
  messages: readonly { readonly text: string; readonly pictures: readonly unknown[] }[],
): number {
  const each = messages.map(({ text, pictures }) => perMessage + tokensOf(text) + perPicture * pictures.length);
  return each.reduce((sum, one) => sum + one, 0);
}

/** The beginnings of the last prompts. https://developers.openai.com/api/docs/guides/prompt-caching */
export interface PromptCache {
  /** How many tokens of this prompt were read before; remembers it. */
  read(prompt: string): number;
}

const remembered = 50;

export function createPromptCache(): PromptCache {
  const prompts: string[] = [];
  return {
    read(prompt) {
      const alike = prompts.map((earlier) => tokensOf(prompt.slice(0, sharedLength(earlier, prompt))));
      const most = Math.max(0, ...alike);
      prompts.push(prompt);
      if (prompts.length > remembered) prompts.shift();
      return most < cachedFrom ? 0 : Math.floor(most / cachedStep) * cachedStep;
    },
  };
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}
