import { Blocks } from '../block-kit/blocks.js';
import { ClickArea } from '../block-kit/clicks.js';
import { Mrkdwn } from '../block-kit/mrkdwn-text.js';
import { lazy } from '../lazy.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { MessageFiles } from './message-files.js';

const TeamsBody = lazy(async () => (await import('../teams/body.js')).TeamsBody);

/** Nothing but emoji, which Slack shows large. */
const onlyEmoji = /^(?:\s|:[a-z0-9_+'\-]+:|\p{RGI_Emoji})+$/v;
const mostLarge = 60;

/** What a message says: the app's blocks, or what a person typed; its files; and whether it was changed. */
export function MessageBody({ message, channel }) {
  const { as } = useWorkspace();
  const { author, blocks, edited, text } = message;
  if (message.subtype === 'tombstone') return html`<p class="tombstone">This message was deleted.</p>`;
  if (message.teams !== undefined) return html`<${TeamsBody} message=${message} channel=${channel} />`;
  // of what a person typed, the rich_text block is Slack's own copy: the text says the same
  const hasBlocks = author.bot && Array.isArray(blocks) && blocks.length > 0;
  const isLarge = !hasBlocks && text.length <= mostLarge && onlyEmoji.test(text);
  const isEdited = Boolean(edited) && !author.bot;
  return html`
    <div class=${isEdited ? 'message-body is-edited' : 'message-body'} dir="auto">
      <${ClickArea} as=${as} channel=${channel.id} ts=${message.ts}>
        ${hasBlocks && html`<${Blocks} blocks=${blocks} />`}
        ${!hasBlocks && text !== '' && html`<div class=${isLarge ? 'typed is-large' : 'typed'}><${Mrkdwn} text=${text} /></div>`}
      <//>
      ${isEdited && html` <span class="edited">(edited)</span>`}
    </div>
    ${message.files?.length > 0 && html`<${MessageFiles} files=${message.files} />`}
  `;
}
