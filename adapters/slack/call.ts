import { RemoteError } from '#errors.ts';
import { errorCode, toRemoteError } from './remote-error.ts';
import type { Method } from './usage.ts';

/** Every call goes through here, so that nothing but a RemoteError comes out. */
export async function call<T>(method: Method, perform: () => Promise<T>): Promise<T> {
  try {
    return await perform();
  } catch (error) {
    throw toRemoteError(method, error);
  }
}

/** A failure that is an expected outcome becomes `outcome`; any other goes on. */
export function expecting<T>(error: unknown, codes: readonly string[], outcome: T): T {
  if (codes.includes(errorCode(error) ?? '')) return outcome;
  throw error;
}

/** For an answer of Slack's that lacks what was asked for. */
export function incomplete(method: Method): RemoteError {
  return new RemoteError('slack', 'unavailable', { message: `${method}: an answer without what was asked for` });
}
