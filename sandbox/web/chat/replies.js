import { Icon } from '../icons.js';
import { dateOf, dayAndTime } from '../times.js';
import { html } from '../view.js';
import { Avatar } from './avatar.js';

const mostFaces = 4;

/** The link to a message's thread: who replied, how often, and when last. */
export function Replies({ message, onOpenThread }) {
  const { ts, replyCount, lastReply, repliers, hasNewReplies } = message;
  return html`
    <button type="button" class=${hasNewReplies ? 'replies is-new' : 'replies'} onClick=${() => onOpenThread(ts)}>
      <span class="replies-faces">
        ${repliers.slice(0, mostFaces).map(({ id, name, bot }) => html`<${Avatar} key=${id} name=${name} bot=${bot} size="small" />`)}
      </span>
      <span class="replies-count">${replyCount === 1 ? '1 reply' : `${replyCount} replies`}</span>
      ${hasNewReplies && html`<span class="replies-new">New</span>`}
      ${lastReply && html`<span class="replies-time">Last reply ${dayAndTime(dateOf(lastReply))}</span>`}
      <span class="replies-open">View thread <${Icon} name="next" /></span>
    </button>
  `;
}
