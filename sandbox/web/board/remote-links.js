import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { html } from '../view.js';

/** Where else the issue's matter stands; a link to the conversation opens it in the chat. */
export function RemoteLinks({ links }) {
  if (links.length === 0) return null;
  return html`
    <section>
      <h3>Links <span class="count">${links.length}</span></h3>
      <ul class="remote-links">
        ${links.map((link) => {
          const { url, title, summary } = link.object ?? link;
          const from = link.application?.name;
          return html`<li key=${link.id ?? url}>
            <${Icon} name=${/Slack|Teams/.test(from) ? 'chat' : 'link'} />
            <div>
              <${Link} href=${url}>${title || url}<//>
              ${(summary || from) && html`<p class="faint">${[from, summary].filter(Boolean).join(' · ')}</p>`}
            </div>
          </li>`;
        })}
      </ul>
    </section>
  `;
}
