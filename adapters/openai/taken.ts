import type { Log } from '#ports.ts';
import type { LanguageModelConfig, Structured } from './config.ts';
import { Refusal } from './remote-error.ts';

/** Which of the ways to say something a server takes. Each is left for the next one, and never gone back to. */
export interface Taken {
  readonly structured: Structured;
  readonly limit: 'max_completion_tokens' | 'max_tokens';
  readonly temperature: boolean;
  readonly effort: boolean;
}

/** What was learned of a server, for as long as the process runs. */
export interface Memory {
  taken(): Taken;
  /** How else to say what a refusal of `tried` names. Null: it names nothing that was sent, or there is no other way. */
  otherWay(error: unknown, tried: Taken): Taken | null;
  /**
   * Remembers what a server took at last. What it went on refusing is not remembered: a refusal may name a parameter for
   * its value, or repeat somebody's words.
   */
  keep(tried: Taken): void;
  /** Learns from what a model said whether the server heeds the form that was asked for: some take it and do not. */
  judge(isJson: boolean, tried: Taken): void;
}

/** Where `structured` is set, it is not departed from. */
export function createMemory(
  { structured, reasoningEffort = null }: Pick<LanguageModelConfig, 'structured' | 'reasoningEffort'>,
  log: Pick<Log, 'info'>,
): Memory {
  const isOpen = structured === 'auto';
  let known: Taken = {
    structured: structured === 'auto' ? 'schema' : structured,
    limit: 'max_completion_tokens',
    temperature: true,
    effort: reasoningEffort !== null,
  };
  let isHeeded = false;
  return {
    taken: () => known,
    otherWay: (error, tried) => (error instanceof Refusal ? otherWay(error.words, tried, isOpen) : null),
    keep(tried) {
      const both = further(known, tried);
      for (const [way, parameter] of parameters) {
        if (both[way] === known[way]) continue;
        log.info('the model server does not take a parameter, so it is said otherwise from now on', { parameter });
      }
      known = both;
    },
    judge(isJson, tried) {
      isHeeded ||= isJson;
      if (isHeeded || !isOpen || tried.structured !== 'schema' || known.structured !== 'schema') return;
      log.info('the model server does not heed the schema, so it is put in words from now on');
      known = { ...known, structured: 'object' };
    },
  };
}

const parameters = [
  ['limit', 'max_completion_tokens'],
  ['temperature', 'temperature'],
  ['effort', 'reasoning_effort'],
  ['structured', 'response_format'],
] as const satisfies readonly (readonly [keyof Taken, string])[];

const forms: readonly Structured[] = ['schema', 'object', 'text'];

function nextForm(structured: Structured): Structured | null {
  return forms[forms.indexOf(structured) + 1] ?? null;
}

/** Of two calls that have learned at the same time, what either has. */
function further(one: Taken, other: Taken): Taken {
  return {
    structured: forms.indexOf(one.structured) > forms.indexOf(other.structured) ? one.structured : other.structured,
    limit: one.limit === 'max_tokens' ? one.limit : other.limit,
    temperature: one.temperature && other.temperature,
    effort: one.effort && other.effort,
  };
}

/**
 * What a refusal names of what was sent is left out or said otherwise. Servers differ in code and status, but all of them
 * name it: https://developers.openai.com/api/docs/guides/reasoning#limitations
 */
function otherWay(words: string, tried: Taken, isOpen: boolean): Taken | null {
  if (tried.limit === 'max_completion_tokens' && words.includes('max_completion_tokens')) {
    return { ...tried, limit: 'max_tokens' };
  }
  if (tried.temperature && words.includes('temperature')) return { ...tried, temperature: false };
  // Ollama says that a model does not support thinking: https://github.com/ollama/ollama/issues/12561
  if (tried.effort && /reasoning|think/.test(words)) return { ...tried, effort: false };
  const structured =
    isOpen && /response_format|json_schema|json_object/.test(words) ? nextForm(tried.structured) : null;
  return structured === null ? null : { ...tried, structured };
}
