import type { Json } from './contract.ts';

/** What somebody typed, as their client makes it. */
export interface Speech {
  /** For the client itself. */
  readonly html: string;
  /** For the app: mentions as `<at>Name</at>`. */
  readonly text: string;
  readonly mentions: readonly Mention[];
}

export interface Mention {
  readonly id: string;
  readonly name: string;
}

/** `@Name` becomes a mention when somebody of `known` is called so; of two names the longer counts. */
export function speechOf(typed: string, known: readonly Mention[]): Speech {
  const byLength = [...known].sort((one, other) => other.name.length - one.name.length);
  const mentions: Mention[] = [];
  let html = '';
  let text = '';
  let rest = typed;
  while (rest !== '') {
    const found = rest.startsWith('@') ? byLength.find(({ name }) => isNamed(rest, name)) : undefined;
    if (found !== undefined) {
      html += `<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="${mentions.length}">${escapeHtml(found.name)}</span>`;
      text += `<at>${found.name}</at>`;
      mentions.push(found);
      rest = rest.slice(found.name.length + 1);
      continue;
    }
    const next = rest.indexOf('@', 1);
    const plain = next === -1 ? rest : rest.slice(0, next);
    html += htmlOf(plain);
    text += plain;
    rest = rest.slice(plain.length);
  }
  return { html: `<p>${html}</p>`, text, mentions };
}

export function mentionEntity({ id, name }: Mention): Json {
  return { type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } };
}

/** A quoted reply, as clients put it before the words. The app finds it in the HTML attachment only. The preview is cut. */
export function quoteHtml(quoted: { id: string; from: Mention; text: string }): string {
  const preview = escapeHtml(quoted.text.length > 120 ? `${quoted.text.slice(0, 119)}…` : quoted.text);
  return [
    `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="${quoted.id}">`,
    `<strong itemprop="mri" itemid="${quoted.from.id}">${escapeHtml(quoted.from.name)}</strong><span itemprop="time" itemid="${quoted.id}"></span>`,
    `<p itemprop="preview">${preview}</p>`,
    '</blockquote>',
  ].join('\r\n');
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function isNamed(rest: string, name: string): boolean {
  const follows = rest.slice(name.length + 1, name.length + 2);
  return rest.slice(1, name.length + 1).toLowerCase() === name.toLowerCase() && !/[\p{L}\p{N}_]/u.test(follows);
}

function htmlOf(plain: string): string {
  return plain
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, at) =>
      at % 2 === 1
        ? `<a href="${escapeHtml(part)}" title="${escapeHtml(part)}">${escapeHtml(part)}</a>`
        : escapeHtml(part),
    )
    .join('')
    .replaceAll('\n', '<br>');
}
