import { Avatar } from '../chat/avatar.js';
import { html } from '../view.js';
import { Assignee } from './assignee.js';
import { Labels } from './card.js';
import { nameOf } from './names.js';
import { Nobody, PrioritySign, TypeSign } from './signs.js';
import { Since } from './since.js';

const nothing = html`<span class="faint">None</span>`;

/** The issue's fields, as in Jira's side panel. */
export function Details({ issue }) {
  const type = nameOf(issue.issuetype);
  const rows = [
    ['Assignee', html`<${Assignee} person=${issue.assignee} />`],
    ['Reporter', html`<${Person} person=${issue.reporter} nobody="Anonymous" />`],
    [
      'Priority',
      nameOf(issue.priority) === '' ? nothing : html`<${PrioritySign} priority=${nameOf(issue.priority)} isNamed />`,
    ],
    [
      'Type',
      type === ''
        ? nothing
        : html`<span class="detail-sign"><${TypeSign} type=${type} /> <span aria-hidden="true">${type}</span></span>`,
    ],
    ['Labels', issue.labels?.length > 0 ? html`<${Labels} labels=${issue.labels} />` : nothing],
  ];
  return html`
    <section class="details" aria-label="Details">
      <h3>Details</h3>
      <dl>
        ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
      </dl>
      <p class="details-times">
        Created <${Since} at=${issue.created} /><br />
        Updated <${Since} at=${issue.updated} />
      </p>
    </section>
  `;
}

function Person({ person, nobody }) {
  const name = nameOf(person);
  return html`<span class="detail-person">
    ${name === '' ? html`<${Nobody} /> <span class="faint">${nobody}</span>` : html`<${Avatar} name=${name} size="small" /> ${name}`}
  </span>`;
}
