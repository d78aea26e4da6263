import { html, useEffect, useState } from '../view.js';

/** The app's Home tab. */
export function AppHome({ as }) {
  const [part, setPart] = useState({ Home: null, problem: null });
  useEffect(() => {
    import('../views/home.js').then(
      ({ Home }) => setPart({ Home, problem: null }),
      () => setPart({ Home: null, problem: 'The Home tab could not be loaded.' }),
    );
  }, []);
  const { Home, problem } = part;
  return html`
    <div class="pane-scroll" tabindex="0" role="region" aria-label="Home">
      ${problem !== null && html`<p class="empty" role="alert">${problem}</p>`}
      ${Home !== null && html`<${Home} as=${as} />`}
    </div>
  `;
}
