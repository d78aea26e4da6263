import { lazy } from '../lazy.js';
import { html } from '../view.js';

const MessageCard = lazy(async () => (await import('./message-card.js')).MessageCard);

/** Teams makes these of what people write and of their files, which the page shows by themselves. */
const ofPeople = ['text/html', 'application/vnd.microsoft.teams.file.download.info', 'messageReference'];

/** One attachment of a message. Only Adaptive Cards are drawn. */
export function Attachment({ attachment, channel, ts }) {
  const { contentType, content } = attachment;
  if (contentType === 'application/vnd.microsoft.card.adaptive')
    return html`<${MessageCard} card=${content} channel=${channel} ts=${ts} />`;
  if (ofPeople.includes(contentType)) return null;
  return html`<p class="unsupported">An attachment that cannot be shown here: ${String(contentType)}</p>`;
}
