import { Markdown } from '../block-kit/markdown.js';
import { html } from '../view.js';
import { Step } from './step.js';
import { Written } from './written.js';
import { outcomes } from './outcomes.js';

/** What no message called for. */
const titles = { report: 'Tells the news', triage: 'Shows it to IT staff', lesson: 'Learns from it' };

/** What was decided; the sentence is the same as at the top. */
export function DecisionStep({ step }) {
  const { decision, verdict, quote, written, citations, unreadPictures } = step;
  const { icon, tone } = outcomes[decision] ?? outcomes.silent;
  return html`
    <${Step} step=${step} icon=${icon} title=${titles[decision] ?? 'Decides'} tone=${tone}>
      <p class="story-verdict-line">${verdict}</p>
      ${unreadPictures > 0 && html`<p>${unreadWords(unreadPictures)}</p>`}
      ${written !== null && html`<${Written} sentences=${written} citations=${citations} />`}
      ${
        quote !== null &&
        html`
          <details class="story-more">
            <summary>The lines it ${written === null ? 'quotes' : 'rests on'}, word for word</summary>
            <blockquote class="story-quote"><${Markdown} text=${quote} /></blockquote>
          </details>
        `
      }
    <//>
  `;
}

function unreadWords(count) {
  if (count === 1) return 'Nobody has read the picture that came with the question.';
  return `Nobody has read the ${count} pictures that came with the question.`;
}
