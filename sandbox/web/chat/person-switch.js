import { Icon } from '../icons.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { Avatar } from './avatar.js';
import { Popup } from './popup.js';

const recentKey = 'firstline.people';
const mostAtHand = 5;

/** Whom one acts as: a few people at hand for one press, and all of them in a list with a search. */
export function PersonSwitch({ people, as, onPerson }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef(null);
  const person = people.find(({ slackId }) => slackId === as);
  function choose(id) {
    setOpen(false);
    button.current.focus({ preventScroll: true });
    if (id === as) return;
    remember(id);
    onPerson(id);
  }
  return html`
    <div class="person-switch" data-person=${as}>
      <button
        type="button"
        class="person-button"
        ref=${button}
        aria-haspopup="dialog"
        aria-expanded=${isOpen}
        onClick=${() => setOpen(!isOpen)}
      >
        <${Avatar} name=${person.name} />
        <span class="person-words">
          <span class="person-label">Act as</span>
          <span class="person-name"><bdi>${person.name}</bdi>${person.role !== 'employee' && html` <${StaffBadge} />`}</span>
          <span class="person-title">${person.title}</span>
        </span>
        <span class="out-of-sight">. Choose somebody else</span>
        <${Icon} name="down" />
      </button>
      <ul class="people-at-hand" aria-label="People at hand">
        ${atHand(people, as).map(
          ({ slackId, name, role }) => html`
          <li key=${slackId}>
            <button
              type="button"
              class="person-face"
              aria-pressed=${slackId === as}
              title=${`${name}${role === 'employee' ? '' : ' (IT staff)'}`}
              onClick=${() => choose(slackId)}
            >
              <${Avatar} name=${name} />
              <span class="out-of-sight">Act as ${name}${role === 'employee' ? '' : ', IT staff'}</span>
            </button>
          </li>
        `,
        )}
      </ul>
      ${
        isOpen &&
        html`<${PeopleList} anchor=${button.current} people=${people} as=${as} onChoose=${choose} onClose=${() => setOpen(false)} />`
      }
    </div>
  `;
}

/** Everybody, employees first, with a search; each can also be opened in a second window. */
function PeopleList({ anchor, people, as, onChoose, onClose }) {
  const [query, setQuery] = useState('');
  const box = useRef(null);
  useLayoutEffect(() => box.current.querySelector('input').focus({ preventScroll: true }), []);
  const found = people.filter((person) => fits(person, query));
  const groups = [
    ['Employees', found.filter(({ role }) => role === 'employee')],
    ['IT staff', found.filter(({ role }) => role !== 'employee')],
  ].filter(([, list]) => list.length > 0);

  function onKeyDown(event) {
    const choices = [...box.current.querySelectorAll('.person-choice')];
    const at = choices.indexOf(document.activeElement);
    if (event.key === 'Enter' && event.target.matches('input')) return choices[0]?.click();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    (next < 0 ? box.current.querySelector('input') : choices[Math.min(next, choices.length - 1)])?.focus();
  }
  return html`
    <${Popup} anchor=${anchor} look="people" onClose=${onClose} role="dialog" aria-label="Act as">
      <div ref=${box} class="people-box" onKeyDown=${onKeyDown}>
        <input
          class="search-field"
          type="search"
          placeholder="Find somebody by name, role or office"
          aria-label="Find somebody"
          autocomplete="off"
          value=${query}
          onInput=${(event) => setQuery(event.currentTarget.value)}
        />
        <div class="people-groups">
          ${groups.map(
            ([name, list]) => html`
            <h3 class="people-title" key=${name}>${name}</h3>
            <ul key=${`list ${name}`}>
              ${list.map((person) => html`<li key=${person.slackId}><${Choice} person=${person} isCurrent=${person.slackId === as} onChoose=${onChoose} /></li>`)}
            </ul>
          `,
          )}
          ${groups.length === 0 && html`<p class="people-none" role="status">Nobody is called that.</p>`}
        </div>
      </div>
    <//>
  `;
}

function Choice({ person, isCurrent, onChoose }) {
  const { slackId, name, title, office, role } = person;
  function openWindow() {
    window.open(
      `${location.pathname}#${new URLSearchParams({ as: slackId })}`,
      '_blank',
      'popup,width=1000,height=760',
    );
  }
  return html`
    <div class="person-row">
      <button type="button" class="person-choice" aria-pressed=${isCurrent} data-act-as=${slackId} onClick=${() => onChoose(slackId)}>
        <${Avatar} name=${name} />
        <span class="person-words">
          <span class="person-name"><bdi>${name}</bdi>${role !== 'employee' && html` <${StaffBadge} />`}</span>
          <span class="person-title">${[title, office].filter(Boolean).join(' · ')}</span>
        </span>
        ${isCurrent && html`<${Icon} name="check" />`}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label=${`Open a second window as ${name}`}
        title="Open a second window"
        onClick=${openWindow}
      >
        <${Icon} name="window" />
      </button>
    </div>
  `;
}

function StaffBadge() {
  return html`<span class="staff-badge">IT</span>`;
}

function fits({ name, title, office, team, role }, query) {
  const all = plain([name, title, office, team, role === 'employee' ? '' : 'it staff'].join(' '));
  return plain(query)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function plain(text) {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** Those one acted as last, filled up with the first of the company and one of its IT staff, in the company's order. */
function atHand(people, as) {
  const staff = people.find(({ role }) => role !== 'employee');
  const wanted = [as, ...readRecent(), ...people.slice(0, mostAtHand).map(({ slackId }) => slackId)];
  const ids = new Set(wanted.filter((id) => people.some(({ slackId }) => slackId === id)));
  const chosen = new Set([...ids].slice(0, mostAtHand - 1));
  if (staff !== undefined) chosen.add([...ids].find((id) => chosen.has(id) && isStaff(people, id)) ?? staff.slackId);
  return people.filter(({ slackId }) => chosen.has(slackId));
}

function isStaff(people, id) {
  return people.some(({ slackId, role }) => slackId === id && role !== 'employee');
}

function readRecent() {
  return (sessionStorage.getItem(recentKey) ?? '').split(' ').filter(Boolean);
}

function remember(id) {
  sessionStorage.setItem(recentKey, [id, ...readRecent().filter((one) => one !== id)].slice(0, mostAtHand).join(' '));
}
