import { pathTo } from '../api.js';
import { meIn } from '../navigation.js';
import { useQuery } from '../query.js';
import { html } from '../view.js';

const apps = [
  ['slack', 'Slack'],
  ['teams', 'Teams'],
];

/** Which chat app is shown: two tabs, by the arrow keys, Home and End too. The other one tells when something in it is unread. */
export function AppSwitch({ platform, as, onApp }) {
  const other = platform === 'teams' ? 'slack' : 'teams';
  const { data: elsewhere = [] } = useQuery(
    pathTo('/api/chat/channels', meIn(other, as)),
    ({ type }) => type === 'message' || type === 'read',
  );
  const hasNews = elsewhere.some(({ unread }) => unread > 0);
  const names = apps.map(([name]) => name);
  function move({ key, currentTarget }) {
    const at = names.indexOf(platform);
    const to = { ArrowRight: (at + 1) % 2, ArrowLeft: (at + 1) % 2, Home: 0, End: 1 }[key] ?? at;
    if (to === at) return;
    onApp(names[to]);
    currentTarget.querySelector(`[data-app="${names[to]}"]`).focus();
  }
  return html`
    <div class="app-switch" role="tablist" aria-label="Chat app" onKeyDown=${move}>
      ${apps.map(
        ([name, label]) => html`<button
          key=${name}
          type="button"
          role="tab"
          data-app=${name}
          aria-selected=${name === platform}
          aria-controls="chat"
          tabindex=${name === platform ? 0 : -1}
          onClick=${() => onApp(name)}
        >
          ${label}
          ${name === other && hasNews && html`<span class="news-mark"><span class="out-of-sight">, something unread</span></span>`}
        </button>`,
      )}
    </div>
  `;
}
