import { Avatar } from '../chat/avatar.js';
import { html } from '../view.js';
import { Labels } from './card.js';
import { nameOf } from './names.js';

/** The issue's fields, as in Jira's side panel. */
export function Details({ issue }) {
  const status = nameOf(issue.status);
  const rows = [
    ['Status', html`<span class=${`status-badge is-${status.toLowerCase().replaceAll(' ', '-')}`}>${status}</span>`],
    ['Reporter', html`<${Person} person=${issue.reporter} nobody="Nobody" />`],
    ['Assignee', html`<${Person} person=${issue.assignee} nobody="Unassigned" />`],
    ['Priority', nameOf(issue.priority) || 'None'],
    ['Type', nameOf(issue.issuetype)],
    ['Labels', issue.labels?.length > 0 ? html`<${Labels} labels=${issue.labels} />` : 'None'],
  ];
  return html`<dl class="details">
    ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

function Person({ person, nobody }) {
  const name = nameOf(person);
  if (name === '') return html`<span class="faint">${nobody}</span>`;
  return html`<span class="detail-person"><${Avatar} name=${name} size="small" /> ${name}</span>`;
}
