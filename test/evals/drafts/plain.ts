/** What a rewriting must leave alone: code, names of buttons and menus, what is quoted, addresses. */
const KEPT = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\n]+\*|"[^"]+"|“[^”]+”|\[[^\]]+\]\([^)]+\)|https?:\/\/\S+|\\\\\S+)/;

/** Changes the words between the names, never the names. */
export function rewording(markdown: string, change: (words: string) => string): string {
  return markdown
    .split(KEPT)
    .map((part, place) => (place % 2 === 0 ? change(part) : part))
    .join('');
}

/** As somebody says it: without marks, links by their name; commands keep their backticks. */
export function plain(markdown: string): string {
  const known = said.get(markdown);
  if (known !== undefined) return known;
  const text = plainly(markdown);
  said.set(markdown, text);
  return text;
}

/** The same statements are said in many cases. */
const said = new Map<string, string>();

function plainly(markdown: string): string {
  return markdown
    .split(/(`[^`]+`)/)
    .map((part, place) => (place % 2 === 1 ? part : withoutMarks(part)))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function withoutMarks(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll(/\*\*([^*]*)\*\*/g, '$1')
    .replaceAll('**', '')
    .replaceAll(/\*([^*\n]+)\*/g, '$1')
    .replaceAll(/(?<=^|\s)[*_](?=\S)|(?<=\S)\*(?=\s|$)/g, '');
}

export function capitalised(text: string): string {
  return text.replace(/\p{Ll}/u, (letter, place: number) => (place === 0 ? letter.toUpperCase() : letter));
}

/** The first letter small, unless it begins a name. */
export function lowered(text: string): string {
  return /^\p{Lu}\p{Ll}+\b/u.test(text) || /^A\s/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

export function sentence(text: string): string {
  const trimmed = text.trim().replace(/[,;:–\s]+$/, '');
  return capitalised(/[.!?…]["”)]?$/.test(trimmed) ? trimmed : `${trimmed}.`);
}

export function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, '');
}

const STOP = new Set(
  'a an the i you he she it we they me my your our us their them his her its this that these those is are am be been was were do does did done have has had can could will would shall should may might must to of in on at by for with from into up out as and or but if then than so not no yes how what when where which who why there here any some all each about over under again just also only very get got'.split(
    ' ',
  ),
);

/** Words that tell something, brought to a common form. */
export function stems(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word.length > 1 && !STOP.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:ing|ies|ied|es|ed|s|y|e)$/, '') : word.replace(/s$/, '')));
}

/** For looking whether one text holds another: small letters, no marks, single blanks. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[*_`]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
