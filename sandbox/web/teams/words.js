import { Markdown } from '../block-kit/markdown.js';
import { html } from '../view.js';
import { Citation } from './citations.js';
import { Html } from './html.js';

/** Mentions, and the numbers of sources, in a text without other markup. */
const marks = /<at>([^<]*)<\/at>|\[(\d{1,2})\]/g;
/** Where the message stands that it quotes; the page shows it above. */
const quotedMark = /<quoted messageId="[^"]*"\s*\/?>(?:<\/quoted>)?\s*/g;

/**
 * The text of a message by its format. No markup in it can become markup of the page.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export function Words({ text, format, citations }) {
  const known = text.replaceAll(quotedMark, '');
  const words = (plain) => marked(plain, citations);
  if (format === 'html' || format === 'xml')
    return html`<div class="typed"><${Html} text=${known} words=${words} /></div>`;
  if (format === 'plain') return html`<div class="typed lines">${words(known)}</div>`;
  return html`<div class="typed"><${Markdown} text=${known} words=${words} /></div>`;
}

function marked(text, citations) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(marks)) {
    const [written, name, position] = found;
    const citation = position === undefined ? undefined : citations.get(Number(position));
    if (name === undefined && citation === undefined) continue;
    parts.push(text.slice(end, found.index));
    parts.push(
      name === undefined ? html`<${Citation} citation=${citation} />` : html`<strong class="mention">${name}</strong>`,
    );
    end = found.index + written.length;
  }
  return [...parts, text.slice(end)];
}
