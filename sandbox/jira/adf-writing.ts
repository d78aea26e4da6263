import type { Account, AdfNode, Attachment } from './model.ts';

/** What somebody wrote as a document: each line a paragraph, `@` with a person's full name a mention. */
export function textWithMentions(text: string, people: readonly Account[]): AdfNode {
  // the longest name first: nobody means a person by the beginning of another's name
  const byLength = people.toSorted((a, b) => b.displayName.length - a.displayName.length);
  const lines = text.trim() === '' ? [] : text.split(/\r?\n/);
  const content = lines.map((line): AdfNode => {
    const nodes = inlineOf(line, byLength);
    return nodes.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content: nodes };
  });
  return { type: 'doc', version: 1, content };
}

/** The document with these files at its end: pictures one by one, the rest in a row. */
export function withFilesShown(document: AdfNode, files: readonly Attachment[]): AdfNode {
  const pictures = files.filter(({ mimeType }) => mimeType.startsWith('image/'));
  const rest = files.filter((file) => !pictures.includes(file));
  const shown: AdfNode[] = [
    ...pictures.map((file) => ({ type: 'mediaSingle', attrs: { layout: 'align-start' }, content: [mediaOf(file)] })),
    ...(rest.length === 0 ? [] : [{ type: 'mediaGroup', content: rest.map(mediaOf) }]),
  ];
  return shown.length === 0 ? document : { ...document, content: [...(document.content ?? []), ...shown] };
}

function mediaOf({ mediaId, name }: Attachment): AdfNode {
  return { type: 'media', attrs: { type: 'file', id: mediaId, collection: '', alt: name } };
}

function inlineOf(line: string, people: readonly Account[]): AdfNode[] {
  const nodes: AdfNode[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') nodes.push({ type: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < line.length; ) {
    const mentioned = line[at] === '@' ? people.find((one) => isNamedAt(line, at + 1, one.displayName)) : undefined;
    if (mentioned === undefined) {
      plain += line[at] ?? '';
      at += 1;
      continue;
    }
    flush();
    const { accountId: id, displayName } = mentioned;
    nodes.push({ type: 'mention', attrs: { id, text: `@${displayName}`, accessLevel: '' } });
    at += displayName.length + 1;
  }
  flush();
  return nodes;
}

/** The name stands there as a whole word, in any case. */
function isNamedAt(line: string, at: number, name: string): boolean {
  const isSame = line.slice(at, at + name.length).toLowerCase() === name.toLowerCase();
  return name !== '' && isSame && !/[\p{L}\p{N}]/u.test(line[at + name.length] ?? '');
}
