import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { html } from '../view.js';
import { RichText } from './rich-text.js';

const states = {
  pending: { words: 'Not begun', icon: 'circle' },
  in_progress: { words: 'Under way', icon: 'clock' },
  complete: { words: 'Done', icon: 'check' },
  error: { words: 'Failed', icon: 'warning' },
};

/** One step of an agent's work. https://docs.slack.dev/reference/block-kit/blocks/task-card-block */
export function TaskCard({ block }) {
  const { title, details, output, sources, status } = block;
  const { words, icon } = states[status] ?? states.pending;
  return html`
    <div class=${`kit-task is-${status}`}>
      <span class="kit-task-sign"><${Icon} name=${icon} /><span class="out-of-sight">${words}: </span></span>
      <div class="kit-task-words">
        <div class="kit-task-title">${title}</div>
        ${details && html`<div class="kit-task-details"><${RichText} block=${details} /></div>`}
        ${output && html`<${RichText} block=${output} />`}
        ${
          sources?.length > 0 &&
          html`<ul class="kit-sources">
            ${sources.map(({ url, text }) => html`<li key=${url}><${Link} href=${url}>${text}<//></li>`)}
          </ul>`
        }
      </div>
    </div>
  `;
}

/** Several of them. https://docs.slack.dev/reference/block-kit/blocks/plan-block */
export function Plan({ block }) {
  return html`
    <section class="kit-plan">
      <div class="kit-plan-title">${block.title}</div>
      ${block.tasks?.map((task, index) => html`<${TaskCard} key=${task.task_id ?? index} block=${task} />`)}
    </section>
  `;
}
