import { html } from '../view.js';

/** What was said to a model, and what it said, as text that does nothing. */
export function Talk({ talk, label }) {
  const { told, said } = talk;
  const parts = [...told, ...(said === null ? [] : [{ label: 'What it said', text: said }])];
  return html`
    <details class="story-raw">
      <summary>The prompt${said !== null && ', and what it said'}<span class="out-of-sight"> to: ${label}</span></summary>
      ${parts.map(
        (part, index) => html`
          <div key=${index} class="story-talk">
            <p>${part.label}</p>
            <pre tabindex="0" role="region" aria-label=${`${part.label}, to: ${label}`}>${part.text}</pre>
          </div>
        `,
      )}
    </details>
  `;
}
