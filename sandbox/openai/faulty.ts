import { jsonAnswer, type Outgoing } from './api-error.ts';
import type { ModelFault, ModelFaultKind } from './contract.ts';
import type { Outcome } from './server.ts';

/** What a fault makes of a request that then never gets to the model; null: it does. */
export function instead(fault: ModelFault): Outcome | null {
  return insteadOf[fault.kind]?.(fault) ?? null;
}

const insteadOf: Readonly<Partial<Record<ModelFaultKind, (fault: ModelFault) => Outcome>>> = {
  status: ({ status = 500 }) => ({ answer: serverError(status) }),
  'rate-limit': ({ retryAfterSeconds = 1 }) => ({ answer: rateLimited(retryAfterSeconds) }),
  'insufficient-quota': () => {
    const kind = { type: 'insufficient_quota', code: 'insufficient_quota' };
    return { answer: errorAnswer(429, quotaWords, kind) };
  },
  never: () => 'never',
  drop: () => 'drop',
  'malformed-json': () => ({
    answer: { ...jsonAnswer(200, null), parts: ["{'id': 'chatcmpl-1', 'choices': [{'index': 0,}]"] },
  }),
  'wrong-content-type': () => ({
    answer: { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, parts: [webPage] },
  }),
};

/** What a fault makes of an answer that the model has given. */
export function disturbed(answer: Outgoing, fault: ModelFault | null): Outcome {
  if (fault?.kind === 'drop-after') return 'drop';
  if (fault?.kind === 'slow') return { answer, delayMs: fault.delayMs ?? 1000 };
  if (fault?.kind === 'truncated-stream') return { answer: truncated(answer) };
  if (fault?.kind === 'truncated-json') return { answer: { ...answer, parts: [halfOf(answer.parts.join(''))] } };
  return { answer };
}

/** Some pieces, or half a body of which all was announced. */
function truncated(answer: Outgoing): Outgoing {
  if (answer.parts.length > 1)
    return { ...answer, parts: answer.parts.slice(0, Math.ceil(answer.parts.length / 2)), isCut: true };
  const whole = answer.parts.join('');
  const headers = { ...answer.headers, 'content-length': String(Buffer.byteLength(whole)) };
  return { ...answer, headers, parts: [halfOf(whole)], isCut: true };
}

function halfOf(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

const quotaWords =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.';

const webPage = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Network sign-in</h1></body></html>';

function serverError(status: number): Outgoing {
  const isBusy = status === 503;
  const words = isBusy
    ? 'That model is currently overloaded with other requests. You can retry your request.'
    : 'The server had an error while processing your request. Sorry about that!';
  return errorAnswer(status, words, { type: 'server_error', code: null });
}

/** https://developers.openai.com/api/docs/guides/rate-limits#rate-limits-in-headers */
function rateLimited(seconds: number): Outgoing {
  const words = `Rate limit reached for requests. Limit: 3 / min. Please try again in ${seconds}s.`;
  const { headers, ...answer } = errorAnswer(429, words, { type: 'requests', code: 'rate_limit_exceeded' });
  return {
    ...answer,
    headers: {
      ...headers,
      'retry-after': String(seconds),
      'retry-after-ms': String(seconds * 1000),
      'x-ratelimit-limit-requests': '3',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': `${seconds}s`,
      'x-ratelimit-limit-tokens': '200000',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': `${seconds}s`,
    },
  };
}

function errorAnswer(status: number, message: string, { type, code }: { type: string; code: string | null }): Outgoing {
  return jsonAnswer(status, { error: { message, type, param: null, code } });
}
