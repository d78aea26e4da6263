import { html } from '../view.js';
import { ConfidenceStep } from './confidence-step.js';
import { DecisionStep } from './decision-step.js';
import { EventStep } from './event-step.js';
import { JobStep } from './job-step.js';
import { ModelStep } from './model-step.js';
import { RequestRow } from './request-row.js';
import { SearchStep } from './search-step.js';
import { Step } from './step.js';

/** The steps of a round, from the first to the last; requests stand with the job that made them. */
export function Timeline({ steps }) {
  const jobs = new Set(steps.flatMap(({ kind, id }) => (kind === 'job' ? [id] : [])));
  const shown = steps.filter(({ kind, jobId }) => kind !== 'request' || !jobs.has(jobId));
  const decided = steps.find(
    ({ kind, decision }) => kind === 'decision' && !['report', 'triage', 'lesson'].includes(decision),
  );
  const cited = {
    word: { answer: decided?.written == null ? 'Quoted' : 'Cited', suggest: 'Linked' }[decided?.decision],
    citations: decided?.citations ?? [],
  };
  return html`
    <ol class="story-line">
      ${shown.map((step, index) => {
        const key = `${step.kind} ${step.id ?? index}`;
        switch (step.kind) {
          case 'event':
            return html`<${EventStep} key=${key} step=${step} />`;
          case 'search':
            return html`<${SearchStep} key=${key} step=${step} cited=${cited} />`;
          case 'confidence':
            return html`<${ConfidenceStep} key=${key} step=${step} />`;
          case 'model':
            return html`<${ModelStep} key=${key} step=${step} />`;
          case 'decision':
            return html`<${DecisionStep} key=${key} step=${step} />`;
          case 'job': {
            const requests = steps.filter(({ kind, jobId }) => kind === 'request' && jobId === step.id);
            return html`<${JobStep} key=${key} step=${step} requests=${requests} />`;
          }
          default:
            return html`<${LooseRequest} key=${key} step=${step} />`;
        }
      })}
    </ol>
  `;
}

/** A request of which it is not known which job made it. */
function LooseRequest({ step }) {
  return html`
    <${Step} step=${step} icon="send" title="Asks a vendor">
      <ul class="story-requests"><${RequestRow} request=${step} /></ul>
    <//>
  `;
}
