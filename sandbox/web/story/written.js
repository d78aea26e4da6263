import { Link } from '../link.js';
import { html } from '../view.js';

/** What a model wrote: its sentences, each with the numbers of the articles that bear it out, and these below. */
export function Written({ sentences, citations }) {
  return html`
    <ol class="story-written">
      ${sentences.map(
        ({ text, cites }, index) => html`
          <li key=${index}>
            <${Sentence} text=${text} />
            ${cites.map((place) => html`<span class="story-cite">[${place + 1}]</span>`)}
          </li>
        `,
      )}
    </ol>
    <ul class="story-sources" aria-label="What it rests on">
      ${citations.map(
        ({ title, url, section }, index) => html`
          <li key=${index}>
            <span class="story-cite">[${index + 1}]</span> <${Link} href=${url}>${title}<//>
            ${section !== null && html`<span class="faint"> › ${section}</span>`}
          </li>
        `,
      )}
    </ul>
  `;
}

/** Plain text, with commands between backticks. */
function Sentence({ text }) {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}
