import { html } from '../view.js';

/** Documents by name, and what is to be said of each: "has no title: …". */
export function Remarks({ run }) {
  const remarks = [...run.failed.map((one) => ['Not read', one]), ...run.warnings.map((one) => ['Warning', one])];
  if (remarks.length === 0) return null;
  return html`
    <ul class="remarks" tabindex="0" aria-label="What went wrong">
      ${remarks.map(
        ([kind, { id, reason }]) => html`<li class=${kind === 'Warning' ? 'is-warning' : 'is-failed'}>
          <strong>${kind}:</strong> <code>${id}</code> ${withCode(reason)}
        </li>`,
      )}
    </ul>
  `;
}

/** What stands between backticks is shown as code. */
function withCode(words) {
  return words.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
