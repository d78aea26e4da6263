import { html } from '../view.js';

const typeSigns = {
  Incident: ['incident', 'M9 2.500L4.500 9H8l-1 4.500L11.500 7H8z'],
  'Service request': ['request', 'M5.500 6a2.500 2.500 0 1 1 3.500 2.300c-.700.300-1 .700-1 1.400M8 12v.200'],
  Task: ['task', 'M4.500 8.300l2.400 2.400 4.600-5'],
};

const up = 'M3 8.500l5-4 5 4';
const down = 'M3 7.500l5 4 5-4';

/** What Jira draws for its five standard priorities. */
const prioritySigns = {
  Highest: ['highest', `M3 7l5-4 5 4M3 12l5-4 5 4`],
  High: ['high', up],
  Medium: ['medium', 'M3 6h10M3 10h10'],
  Low: ['low', down],
  Lowest: ['lowest', 'M3 4l5 4 5-4M3 9l5 4 5-4'],
};

/** The coloured square of an issue's type. */
export function TypeSign({ type }) {
  const [kind, path] = Object.hasOwn(typeSigns, type ?? '') ? typeSigns[type] : typeSigns.Task;
  return html`
    <span class=${`type-sign is-${kind}`} title=${type ?? 'Issue'}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=${path} /></svg>
      <span class="out-of-sight">${type ?? 'Issue'} </span>
    </span>
  `;
}

/** The coloured arrows of a priority; words alone for one that Jira does not ship. */
export function PrioritySign({ priority, isNamed = false }) {
  if (priority === null || priority === '') return null;
  const sign = Object.hasOwn(prioritySigns, priority) ? prioritySigns[priority] : null;
  return html`
    <span class="priority-sign" title=${`Priority: ${priority}`}>
      ${
        sign !== null &&
        html`<svg class=${`is-${sign[0]}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=${sign[1]} /></svg>`
      }
      <span class=${isNamed || sign === null ? '' : 'out-of-sight'}>${isNamed ? priority : `Priority ${priority}`}</span>
    </span>
  `;
}

/** In the place of a picture where nobody is assigned. */
export function Nobody() {
  return html`
    <span class="nobody" aria-hidden="true">
      <svg viewBox="0 0 24 24" focusable="false">
        <path d="M12 12.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20a7.500 6 0 0 1 15 0z" />
      </svg>
    </span>
  `;
}
