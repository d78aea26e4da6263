import { createHmac, randomBytes } from 'node:crypto';

/**
 * The two headers by which an app knows that a request is Slack's.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 *
 * @param atSeconds epoch seconds at which it is sent; apps refuse what is more than five minutes old.
 */
export function signatureHeaders(signingSecret: string, atSeconds: number, body: string): Record<string, string> {
  const mac = createHmac('sha256', signingSecret).update(`v0:${atSeconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(atSeconds), 'x-slack-signature': `v0=${mac}` };
}

/** An id as Slack's look: a letter or two, then capitals and digits. */
export function newId(prefix: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return prefix + Array.from(randomBytes(9), (byte) => letters[byte % letters.length]).join('');
}

/** A short random name, as Slack gives to blocks and elements that come without one. */
export function newName(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}

/** A secret of this run, in lower-case hexadecimal digits. */
export function newSecret(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
