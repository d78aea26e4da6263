import { Markdown } from '../block-kit/markdown.js';
import { html } from '../view.js';
import { Step } from './step.js';
import { outcomes } from './outcomes.js';

/** What no message called for. */
const titles = { report: 'Tells the news', triage: 'Shows it to IT staff', lesson: 'Learns from it' };

/** What was decided; the sentence is the same as at the top. */
export function DecisionStep({ step }) {
  const { decision, verdict, quote } = step;
  const { icon, tone } = outcomes[decision] ?? outcomes.silent;
  return html`
    <${Step} step=${step} icon=${icon} title=${titles[decision] ?? 'Decides'} tone=${tone}>
      <p class="story-verdict-line">${verdict}</p>
      ${
        quote !== null &&
        html`
          <details class="story-more">
            <summary>The lines it quotes, word for word</summary>
            <blockquote class="story-quote"><${Markdown} text=${quote} /></blockquote>
          </details>
        `
      }
    <//>
  `;
}
