import type { Address } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { Log } from '#ports.ts';
import { fromAddress } from './events.ts';
import { dismiss } from './http.ts';
import { cutMrkdwn } from './mrkdwn.ts';
import { kindOfStatus } from './remote-error.ts';

const responseOrigin = 'https://hooks.slack.com';
const limitMs = 5000;
const longestSentence = 1000;

/** Says something in a thread that only one person sees, who has just pressed something there. Best effort. */
export type Whisper = (sentence: string, to: { responseUrl: string; address: Address }) => Promise<void>;

/**
 * By the `response_url` of a press, which is good for half an hour and takes no token. Never throws: a failure is
 * logged, without the address, which is a secret.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export function createWhisper({ apiUrl, log }: { apiUrl: string; log: Log }): Whisper {
  const origins = [responseOrigin, new URL(apiUrl).origin];
  return async (sentence, { responseUrl, address }) => {
    try {
      const url = URL.parse(responseUrl);
      if (url === null || url.username !== '' || !origins.includes(url.origin)) throw notSlacks();
      const text = cutMrkdwn(sentence.trim(), longestSentence);
      const thread = fromAddress(address).thread;
      await respond(url, { response_type: 'ephemeral', replace_original: false, thread_ts: thread, text });
    } catch (error) {
      log.warn('slack: why a press counts for nothing could not be said', { error });
    }
  };
}

async function respond(url: URL, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(limitMs),
  }).catch(noAnswer);
  await dismiss(response);
  if (response.ok) return;
  const { status } = response;
  throw new RemoteError('slack', kindOfStatus(status), { message: `response_url: HTTP status ${status}` });
}

function noAnswer(error: unknown): never {
  throw new RemoteError('slack', 'unavailable', { message: 'response_url: no answer', cause: error });
}

function notSlacks(): RemoteError {
  return new RemoteError('slack', 'rejected', { message: 'response_url: not one of Slack’s' });
}
