/**
 * Reads Slack's mrkdwn into a tree: plain data, drawn by mrkdwn-text.js.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
import { emojiOf } from './emoji.js';

/** No search for a style's end goes further: a text of nothing but marks would take the square of its length. */
const maxStyledLength = 1000;
const styleNames = { '*': 'bold', _: 'italic', '~': 'strike' };
const entities = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/**
 * @param {string} text mrkdwn
 * @param {{ isVerbatim?: boolean }} how verbatim: addresses without brackets stay text
 * @returns blocks: `{ type: 'pre', text }`, `{ type: 'quote' | 'text', children }`
 */
export function parseMrkdwn(text, { isVerbatim = true } = {}) {
  return text.split(/```([\s\S]+?)```/).flatMap((part, index) => {
    if (index % 2 === 1) return [{ type: 'pre', text: plainText(part.replace(/^\n|\n$/g, '')) }];
    return parseLines(index === 0 ? part : part.replace(/^\n/, ''), isVerbatim);
  });
}

/** The three entities that Slack escapes, and no other. */
export function decodeEntities(text) {
  return text.replaceAll(/&(lt|gt|amp);/g, (entity) => entities[entity]);
}

function parseLines(text, isVerbatim) {
  const blocks = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const rest = /^(?:&gt;|>){3}\s?(.*)$/.exec(line);
    if (rest !== null) {
      blocks.push({ type: 'quote', lines: [rest[1], ...lines.slice(index + 1)] });
      break;
    }
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    const type = quoted === null ? 'text' : 'quote';
    if (blocks.at(-1)?.type !== type) blocks.push({ type, lines: [] });
    blocks.at(-1).lines.push(quoted === null ? line : quoted[1]);
  }
  return blocks
    .map(({ type, lines: own }) => ({ type, children: withLinks(parseInline(own.join('\n')), isVerbatim) }))
    .filter(({ type, children }) => type === 'quote' || children.length > 0);
}

/** Addresses in the text become links, in styled text as well; a full stop behind one is not part of it. */
function withLinks(nodes, isVerbatim) {
  if (isVerbatim) return nodes;
  return nodes.flatMap((node) => {
    if (node.children !== undefined) return { ...node, children: withLinks(node.children, false) };
    if (node.type !== 'text') return node;
    const parts = node.text.split(/(\bhttps?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]])/);
    return parts
      .map((part, index) => (index % 2 === 1 ? { type: 'link', url: part, text: part } : { type: 'text', text: part }))
      .filter(({ text }) => text !== '');
  });
}

/** Nodes: text, link, user, channel, group, date, broadcast, code, and bold, italic and strike with children. */
export function parseInline(text) {
  const nodes = [];
  let plain = '';
  let position = 0;
  while (position < text.length) {
    const found = readNode(text, position);
    if (found === null) {
      plain += text[position];
      position += 1;
      continue;
    }
    if (plain !== '') nodes.push({ type: 'text', text: decodeEntities(plain) });
    plain = '';
    nodes.push(found.node);
    position = found.end;
  }
  if (plain !== '') nodes.push({ type: 'text', text: decodeEntities(plain) });
  return nodes;
}

function readNode(text, position) {
  switch (text[position]) {
    case '<':
      return readWith(/<([^<>\n]+)>/y, text, position, controlNode);
    case '`':
      return readWith(/`([^`\n]+)`/y, text, position, (code) => ({ type: 'code', text: plainText(code) }));
    case ':':
      return readWith(/:([a-z0-9_+-]+):/y, text, position, emojiNode);
    case '*':
    case '_':
    case '~':
      return readStyled(text, position);
    default:
      return null;
  }
}

function readWith(pattern, text, position, toNode) {
  pattern.lastIndex = position;
  const found = pattern.exec(text);
  const node = found === null ? null : toNode(found[1]);
  return node === null ? null : { node, end: position + found[0].length };
}

function emojiNode(name) {
  const character = emojiOf(name);
  return character === null ? null : { type: 'text', text: character };
}

/** What stands between < and >: a mention, a special mention, a date or a link. */
function controlNode(inside) {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? null : decodeEntities(inside.slice(bar + 1));
  if (target.startsWith('@')) return { type: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { type: 'channel', id: target.slice(1), label };
  if (target.startsWith('!date^')) return dateNode(target, label ?? '');
  if (target.startsWith('!subteam^')) return { type: 'group', text: label ?? `@${target.slice('!subteam^'.length)}` };
  if (target.startsWith('!')) return { type: 'broadcast', text: label ?? `@${target.slice(1).split('^')[0]}` };
  const url = decodeEntities(target);
  return { type: 'link', url, text: label ?? url.replace(/^mailto:/, '') };
}

/** `!date^1392734382^{date} at {time}^https://…` */
function dateNode(target, fallback) {
  const [, seconds, format = '', ...address] = target.split('^');
  const url = address.length === 0 ? null : decodeEntities(address.join('^'));
  return { type: 'date', seconds: Number(seconds), format: decodeEntities(format), url, fallback };
}

/** A style begins and ends at a word's edge, on one line: `2*3*4` and `snake_case_name` stay as they are. */
function readStyled(text, position) {
  const mark = text[position];
  const before = text[position - 1] ?? ' ';
  const after = text[position + 1] ?? ' ';
  if (/[\p{L}\p{N}]/u.test(before) || before === mark || /\s/.test(after) || after === mark) return null;
  const end = endOfStyle(text, position, mark);
  if (end === null) return null;
  return { node: { type: styleNames[mark], children: parseInline(text.slice(position + 1, end)) }, end: end + 1 };
}

function endOfStyle(text, position, mark) {
  const last = Math.min(text.length, position + maxStyledLength);
  for (let at = position + 1; at < last; at += 1) {
    if (text[at] === '\n') return null;
    // a mark inside a link's address or inside code ends nothing
    if (text[at] === '<' || text[at] === '`') {
      const closing = text.indexOf(text[at] === '<' ? '>' : '`', at + 1);
      if (closing !== -1 && closing < last) at = closing;
      continue;
    }
    if (text[at] === mark && at > position + 1 && isStyleEnd(text, at)) return at;
  }
  return null;
}

function isStyleEnd(text, at) {
  return !/[\p{L}\p{N}]/u.test(text[at + 1] ?? ' ') && !/\s/.test(text[at - 1]);
}

/** Code shows a link's label or address, not its brackets. */
function plainText(text) {
  return decodeEntities(text.replaceAll(/<([^<>|\n]+)(?:\|([^<>\n]*))?>/g, (_, target, label) => label ?? target));
}
