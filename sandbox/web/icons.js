import { html } from './view.js';

const paths = {
  back: 'M15 5l-7 7 7 7',
  board: 'M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v11h-4z',
  chat: 'M4 5h16v11H9l-5 4z',
  close: 'M6 6l12 12M18 6L6 18',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M3 15h16',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  reply: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  send: 'M4 5l17 7-17 7 3-7zM7 12h7',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.500',
  wrench: 'M14 7a4 4 0 0 1 6 4l-3-1-1 3 2 2a4 4 0 0 1-5-1l-6 6-3-3 6-6a4 4 0 0 1 4-4z',
};

/** A small line icon in the colour of its text. It is decoration: what it stands for is said in words beside it. */
export function Icon({ name }) {
  return html`
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d=${paths[name]} />
    </svg>
  `;
}
