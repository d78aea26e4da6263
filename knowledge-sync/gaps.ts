import type { Gap, GapKind } from '#domain/knowledge.ts';

const WORDS: Readonly<Record<GapKind, string>> = {
  unsupported: 'not understood',
  unreadable: 'not given by the source',
  truncated: 'too large, the rest is left out',
  'no-right': 'our account may not read it',
  attachment: 'a file, never opened',
  unresolved: 'refers to what is not there',
};

/** A gap in words: "3 × drawio: not understood". */
export function gapWords({ kind, what, count }: Gap): string {
  return `${count === 1 ? '' : `${count} × `}${what}: ${WORDS[kind]}`;
}
