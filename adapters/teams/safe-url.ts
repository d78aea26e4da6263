import { safeAddress } from '../chat/clean-text.ts';

/** The longest address that browsers and Teams take. */
const longestUrl = 2000;

/** The address, encoded so that it can stand in Markdown; null when it may not be linked. */
export function safeUrl(url: string): string | null {
  return safeAddress(url, longestUrl);
}
