import { Parser } from 'htmlparser2';
import { beginningOf, withoutInvisible } from '../chat/clean-text.ts';

/** What somebody wrote, and which message they quote. */
export interface Decoded {
  readonly text: string;
  /** The id of the message that is quoted; null for none. */
  readonly quoted: string | null;
}

/** Longer than a message can be (100 kB in UTF-16); what is pasted beyond it is not read. */
const longestMarkup = 100_000;
const longestText = 40_000;

/** Who is called how in a message. `ours`: our own names there, which are left out where we are mentioned. */
export interface Names {
  readonly ours: readonly string[];
}

/**
 * The HTML that Teams' clients make of a message, as plain text: mentions of ourselves left out, those of others kept as
 * `@Name`, links written out, lists and lines kept. What is quoted above a reply is left out and named.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export function readHtml(html: string, names: Names): Decoded {
  const writing = createWriting(names);
  const parser = new Parser(
    { onopentag: writing.begin, ontext: writing.say, onclosetag: writing.end },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html.slice(0, longestMarkup));
  parser.end();
  return { text: tidy(writing.text()), quoted: writing.quoted() };
}

/**
 * The text of an activity, where it has no HTML beside it: plain but for mentions and a few entities, or markup itself
 * when it is an edited, quoted or pasted one.
 */
export function readText(text: string, names: Names): Decoded {
  if (looksLikeHtml.test(text)) return readHtml(text, names);
  const spoken = text
    .slice(0, longestMarkup)
    .replaceAll(/<quoted\b[^<>]*>/g, '')
    .replaceAll(/<at\b[^<>]*>([^<>]*)<\/at>/g, (_, name: string) => mention(decodeEntities(name), names));
  return { text: tidy(decodeEntities(spoken)), quoted: /<quoted\s+messageId="(\d{1,20})"/.exec(text)?.[1] ?? null };
}

/** Tags that clients write, and people seldom. */
const looksLikeHtml =
  /<(?:p|div|br|span|blockquote|ul|ol|li|strong|em|b|i|a|h[1-6]|pre|code|table|attachment|img)(?:\s[^<>=]{0,100}=[^<>]{0,1000})?\s?\/?>/i;

const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  amp: '&',
};

function decodeEntities(text: string): string {
  return text.replaceAll(/&(nbsp|lt|gt|quot|apos|#39|amp);/g, (whole, name: string) => entities[name] ?? whole);
}

function mention(name: string, { ours }: Names): string {
  const called = name.trim();
  return ours.includes(called) ? ownMention : `@${called.replace(/^@/, '')}`;
}

/** Of no script: it holds the place of our mention until what belongs to it is left out with it. */
const ownMention = '\uE000';

function tidy(text: string): string {
  const clean = withoutInvisible(text.replaceAll('\u00A0', ' '))
    .replaceAll(/\uE000[,:]?[ \t]*/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n');
  return beginningOf(clean.trim(), longestText);
}

type Attributes = Readonly<Record<string, string>>;

type Role = 'quote' | 'mention' | 'drop' | 'link' | 'pre' | 'block' | 'inline';

interface Element {
  readonly role: Role;
  /** Of a link where it leads. */
  readonly href: string;
  /** How many pieces stand before it. */
  readonly from: number;
}

const blocks = new Set('p div ul ol li table tr h1 h2 h3 h4 h5 h6 blockquote hr'.split(' '));
const dropped = new Set('script style head title template'.split(' '));

/** Writes down what is to be read of the markup, one tag after the other: its work grows with the length, however deep. */
function createWriting(names: Names) {
  const pieces: string[] = [];
  const open: Element[] = [];
  const depths = { quote: 0, mention: 0, drop: 0, link: 0, pre: 0, block: 0, inline: 0 };
  let quoted: string | null = null;

  const isHidden = () => depths.quote + depths.drop > 0;
  const lastCharacter = () => pieces.at(-1)?.at(-1) ?? '\n';

  function write(text: string): void {
    if (text !== '') pieces.push(text);
  }

  function newLine(): void {
    if (lastCharacter() !== '\n') pieces.push('\n');
  }

  function begin(name: string, attributes: Attributes): void {
    const role = roleOf(name, attributes);
    if (!isHidden()) {
      if (role === 'quote') quoted ??= messageNamed(attributes['itemid']);
      write(standIn(name, attributes));
      if (role === 'block') newLine();
      if (name === 'li') write('- ');
    }
    depths[role] += 1;
    open.push({ role, href: attributes['href'] ?? '', from: pieces.length });
  }

  function end(): void {
    const element = open.pop();
    if (element === undefined) return;
    const { role, href, from } = element;
    depths[role] -= 1;
    if (isHidden() || depths.mention + depths.link > 0) return;
    if (role === 'mention') write(mention(pieces.splice(from).join(''), names));
    if (role === 'link') write(leadingTo(pieces.slice(from).join(''), href));
    if (role === 'block') newLine();
  }

  function say(said: string): void {
    if (isHidden()) return;
    if (depths.pre > 0) return write(said);
    const text = said.replaceAll(/[\s\u00A0]+/g, ' ');
    write(/[\n ]/.test(lastCharacter()) ? text.trimStart() : text);
  }

  return { begin, end, say, text: () => pieces.join(''), quoted: () => quoted };
}

/** A mention is marked up in one way by clients, in another by the bot's own side, and in a third by Graph. */
function roleOf(name: string, attributes: Attributes): Role {
  const type = attributes['itemtype'] ?? '';
  if (name === 'blockquote' && type.endsWith('/Reply')) return 'quote';
  if (name === 'at' || type.endsWith('/Mention')) return 'mention';
  if (dropped.has(name)) return 'drop';
  if (name === 'a') return 'link';
  if (name === 'pre') return 'pre';
  return blocks.has(name) ? 'block' : 'inline';
}

function messageNamed(id: string | undefined): string | null {
  return id !== undefined && /^\d{1,20}$/.test(id) ? id : null;
}

/** Of what has no text of its own: a line break, a picture that stands for a character. */
function standIn(name: string, attributes: Attributes): string {
  if (name === 'br') return '\n';
  if (name === 'emoji') return attributes['alt'] ?? '';
  const isEmoji = name === 'img' && (attributes['itemtype'] ?? '').endsWith('/Emoji');
  return isEmoji ? (attributes['alt'] ?? '') : '';
}

/** Clients make links of plain addresses too; then the label says nothing new. */
function leadingTo(label: string, href: string): string {
  const plain = (address: string) => address.replace(/^(?:https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '');
  if (!/^(?:https?:|mailto:)/i.test(href) || plain(label.trim()) === plain(href)) return '';
  return ` (${href})`;
}
