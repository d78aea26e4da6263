import { Adf } from '../adf.js';
import { Avatar } from '../chat/avatar.js';
import { Icon } from '../icons.js';
import { html } from '../view.js';
import { nameOf } from './names.js';
import { Since } from './since.js';

/** One comment, with whether the reporter can read it. */
export function Comment({ comment }) {
  const name = nameOf(comment.author) || 'Somebody';
  const isInternal = comment.public === false;
  return html`
    <li class=${isInternal ? 'comment is-internal' : 'comment'} data-comment=${comment.id}>
      <${Avatar} name=${name} size="small" />
      <div>
        <p class="byline">
          <strong>${name}</strong>
          <span class="faint"><${Since} at=${comment.created} /></span>
          ${isInternal && html`<span class="internal-note"><${Icon} name="lock" /> Internal note</span>`}
          ${comment.public === true && html`<span class="public-note">Public</span>`}
          ${comment.updated && comment.updated !== comment.created && html`<span class="faint">Edited</span>`}
        </p>
        <${Adf} document=${comment.body} />
      </div>
    </li>
  `;
}
