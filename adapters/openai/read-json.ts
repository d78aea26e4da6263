/** An answer of ours has some thousand characters: what is longer is none. */
const MOST_CHARACTERS = 64 * 1024;
/** Texts full of braces are no answers either, and each brace costs a try. */
const MOST_TRIES = 32;

/**
 * The JSON object in what a model says, as models say it: with a byte order mark, in a code fence, with a thought before
 * it and prose around. Null: there is none, or several that differ, of which nobody knows which is meant; or the text is
 * longer than 64 K characters.
 */
export function readJsonObject(said: string): Readonly<Record<string, unknown>> | null {
  if (said.length > MOST_CHARACTERS) return null;
  const text = withoutThought(said.replace(/^\uFEFF/, ''));
  const whole = objectOf(text);
  if (whole !== null) return whole;
  const [first, ...others] = objectsIn(text);
  if (first === undefined) return null;
  const written = JSON.stringify(first);
  return others.every((other) => JSON.stringify(other) === written) ? first : null;
}

/** Models that reason in the open put it in front: https://github.com/deepseek-ai/DeepSeek-R1#usage-recommendations */
function withoutThought(text: string): string {
  const end = text.indexOf('</think>');
  return end !== -1 && text.trimStart().startsWith('<think>') ? text.slice(end + '</think>'.length) : text;
}

/** The outermost objects that can be read, in order. */
function objectsIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = [];
  let from = text.indexOf('{');
  for (let tries = 0; from !== -1; tries += 1) {
    if (tries === MOST_TRIES) return [];
    const end = endOfObject(text, from);
    const object = end === null ? null : objectOf(text.slice(from, end));
    if (object !== null) found.push(object);
    from = text.indexOf('{', object === null || end === null ? from + 1 : end);
  }
  return found;
}

/** Behind the brace that closes the one at `start`; null when none does. */
function endOfObject(text: string, start: number): number | null {
  const marks = /["{}]|\\./gs;
  marks.lastIndex = start;
  let depth = 0;
  let isString = false;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') isString = !isString;
    else if (!isString && mark[0] === '{') depth += 1;
    else if (!isString && mark[0] === '}') depth -= 1;
    if (depth === 0) return marks.lastIndex;
  }
  return null;
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
