import { isPicture } from '../chat/file-words.js';
import { MessageFiles } from '../chat/message-files.js';
import { lazy } from '../lazy.js';
import { html } from '../view.js';

const MessageCard = lazy(async () => (await import('./message-card.js')).MessageCard);

/** Teams makes these of what people write and of their files, which the page shows by themselves. */
const ofPeople = ['text/html', 'application/vnd.microsoft.teams.file.download.info', 'messageReference'];

/** One attachment of a message: an Adaptive Card, or a picture that is in the message itself. */
export function Attachment({ attachment, channel, ts }) {
  const { contentType, content } = attachment;
  if (contentType === 'application/vnd.microsoft.card.adaptive')
    return html`<${MessageCard} card=${content} channel=${channel} ts=${ts} />`;
  if (ofPeople.includes(contentType)) return null;
  if (isPicture(contentType) && isInside(attachment)) return html`<${MessageFiles} files=${[pictureOf(attachment)]} />`;
  return html`<p class="unsupported">An attachment that cannot be shown here: ${String(contentType)}</p>`;
}

/** The page fetches nothing from elsewhere. */
function isInside({ contentUrl }) {
  return typeof contentUrl === 'string' && contentUrl.startsWith('data:image/');
}

/** As a file of a message, at an address of its own. */
function pictureOf({ contentType, contentUrl, name = 'Picture' }) {
  const base64 = contentUrl.slice(contentUrl.indexOf(',') + 1);
  return { id: contentUrl, name, mimetype: contentType, url: contentUrl, size: Math.floor((base64.length * 3) / 4) };
}
