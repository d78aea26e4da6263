import { Parser } from 'htmlparser2';

/** Every name HTML has, and no more: texts with invented ones do not fill the memory. */
const known = new Map<string, string>();
const maxKnown = 3_000;

/** `&eacute;`, `&#233;` and `&#xe9;` as the characters they stand for. What is no entity stays as it is. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replaceAll(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,31});/gi, decoded) : text;
}

/** The parser knows all names of HTML, but in XML it takes only five of them: so the entity is read as HTML. */
function decoded(entity: string): string {
  const before = known.get(entity);
  if (before !== undefined) return before;
  let text = '';
  const parser = new Parser({ ontext: (part) => (text += part) });
  parser.end(entity);
  if (known.size < maxKnown) known.set(entity, text);
  return text;
}
