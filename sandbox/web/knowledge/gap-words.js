const kinds = {
  unsupported: 'not understood',
  unreadable: 'not given by the source',
  truncated: 'too large, the rest is left out',
  'no-right': 'the bot’s account may not read it',
  attachment: 'a file, never opened',
  unresolved: 'refers to what is not there',
};

/** What of a document was not read: "3 × drawio: not understood". */
export function gapWords({ kind, what, count }) {
  return `${count === 1 ? '' : `${count} × `}${what}: ${kinds[kind] ?? kind}`;
}

/** How completely a source was read, in one line. */
export function coverageWords({ documents, gaps }) {
  const documentWords = `${documents} ${documents === 1 ? 'document' : 'documents'}`;
  return gaps.length === 0
    ? `${documentWords}, all read completely`
    : `${documentWords}, ${gaps.length} with something not read`;
}
