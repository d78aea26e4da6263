import { createHash } from 'node:crypto';
import { textBelow } from './adf-node.ts';

/** What a document says, whatever Jira makes of its nodes, marks and blanks when it stores it. */
export function fingerprintOf(document: unknown): string {
  const text = typeof document === 'string' ? document : textBelow([document]);
  return createHash('sha256').update(text.replaceAll(/\s+/g, '')).digest('hex');
}
