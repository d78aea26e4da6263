import { html } from '../view.js';
import { Avatar } from './avatar.js';

/** Chooses whom one acts as: employees first, then the IT staff. */
export function PersonSwitch({ people, as, onPerson }) {
  const person = people.find(({ slackId }) => slackId === as);
  const employees = people.filter(({ role }) => !isItStaff(role));
  const staff = people.filter(({ role }) => isItStaff(role));
  const options = (list) =>
    list.map(({ slackId, name }) => html`<option value=${slackId} selected=${slackId === as}>${name}</option>`);
  return html`
    <div class="person-switch" data-person=${as}>
      <${Avatar} name=${person.name} />
      <div class="person-switch-words">
        <label for="person">Act as</label>
        <select id="person" value=${as} onChange=${(event) => onPerson(event.currentTarget.value)}>
          <optgroup label="Employees">${options(employees)}</optgroup>
          <optgroup label="IT staff">${options(staff)}</optgroup>
        </select>
        <span class="person-title" title=${`${person.title}, ${person.office}`}>${person.title}</span>
      </div>
    </div>
  `;
}

function isItStaff(role) {
  return role !== 'employee';
}
