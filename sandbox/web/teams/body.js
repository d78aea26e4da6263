import { MessageFiles } from '../chat/message-files.js';
import { html, useMemo } from '../view.js';
import { Attachment } from './attachment.js';
import { citationsOf } from './citations.js';
import { Feedback } from './feedback.js';
import { Quote } from './quote.js';
import { Words } from './words.js';

/** What a message of Teams says: the quoted message, its text with the sources it names, cards, files, and thumbs. */
export function TeamsBody({ message, channel }) {
  const { author, edited, teams } = message;
  const { text, textFormat, attachments, entities, files, feedback, quotes } = teams;
  const citations = useMemo(() => citationsOf(entities), [entities]);
  const isEdited = Boolean(edited) && !author.bot;
  return html`
    <div class="teams-body" dir="auto">
      ${
        (text !== '' || quotes !== undefined) &&
        html`<div class="bubble">
          ${quotes !== undefined && html`<${Quote} channel=${channel} ts=${quotes} />`}
          <${Words} text=${text} format=${textFormat} citations=${citations} />
          ${isEdited && html`<span class="edited">Edited</span>`}
        </div>`
      }
      ${attachments.map(
        (attachment, index) => html`<${Attachment}
          key=${index}
          attachment=${attachment}
          channel=${channel.id}
          ts=${message.ts}
        />`,
      )}
      ${files.length > 0 && html`<${MessageFiles} files=${files} />`}
      ${feedback && html`<${Feedback} channel=${channel.id} ts=${message.ts} />`}
    </div>
  `;
}
