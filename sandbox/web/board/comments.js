import { Adf } from '../adf.js';
import { Avatar } from '../chat/avatar.js';
import { wholeTime } from '../times.js';
import { html } from '../view.js';
import { nameOf } from './names.js';

/** The issue's comments, oldest first. */
export function Comments({ comments }) {
  if (comments.length === 0) return null;
  return html`
    <section>
      <h3>Comments</h3>
      <ol class="comments">
        ${comments.map((comment) => html`<${Comment} key=${comment.id} comment=${comment} />`)}
      </ol>
    </section>
  `;
}

function Comment({ comment }) {
  const name = nameOf(comment.author) || 'Somebody';
  return html`
    <li class="comment">
      <${Avatar} name=${name} size="small" />
      <div>
        <div class="byline">
          <span class="author">${name}</span>
          <span class="time">${wholeTime(comment.created)}</span>
          ${comment.public === false && html`<span class="internal-note">Internal note</span>`}
        </div>
        <${Adf} document=${comment.body} />
      </div>
    </li>
  `;
}
