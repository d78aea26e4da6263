import { Blocks } from '../block-kit/blocks.js';
import { useEntered } from '../block-kit/surface.js';
import { Avatar } from '../chat/avatar.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { useView } from './use-view.js';
import { ViewSurface } from './view-surface.js';

/** The app's Home tab as this person sees it. Who opens it tells the app, which may then publish something newer. */
export function Home({ as }) {
  const { bot } = useWorkspace();
  const { view, error } = useView('home', as);

  return html`
    <section class="home" aria-label=${`Home of ${bot.name}`}>
      <h2 class="out-of-sight">Home</h2>
      ${view === undefined && html`<p class="empty" role="status">${error ?? 'Opening Home…'}</p>`}
      ${view === null && html`<${NothingYet} name=${bot.name} />`}
      ${view && html`<${Published} key=${`${as} ${view.id}`} as=${as} view=${view} />`}
    </section>
  `;
}

function Published({ as, view }) {
  const [entered, setEntered] = useEntered();
  return html`
    <div class="home-page">
      <${ViewSurface} as=${as} view=${view} entered=${entered} onEntered=${setEntered}>
        <${Blocks} blocks=${view.blocks} />
      <//>
    </div>
  `;
}

function NothingYet({ name }) {
  return html`
    <div class="home-empty">
      <${Avatar} name=${name} bot size="normal" />
      <p><strong>${name} has put nothing here yet.</strong></p>
      <p class="faint">What the app publishes for you appears here at once. Until then, write to it under Messages.</p>
    </div>
  `;
}
