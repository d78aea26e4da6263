import { html } from './view.js';

const paths = {
  confluence: 'M3 17.500c3-5 6-5.500 10-3l5 3 3-4.500M21 6.500c-3 5-6 5.500-10 3l-5-3-3 4.500',
  folder: 'M3 6h6l2 3h10v10H3z',
  notion: 'M5 4h11l3 3v13H8l-3-3zM9.500 16.500v-7l6 7v-7',
  tickets: 'M4 6h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4zM14 6v2M14 11v2M14 16v2',
  unread: 'M4 6h11M4 6v12h16V11M4 8l8 6 5-4M19 7a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
  window: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  smile: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8.500 14.500a4 4 0 0 0 7 0M9 9.500v.500M15 9.500v.500',
  shortcut: 'M13 3L5 14h6l-1 7 8-11h-6z',
  plus: 'M12 5v14M5 12h14',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  attach: 'M20 11l-8 8a5 5 0 0 1-7-7l8.500-8.500a3.500 3.500 0 0 1 5 5L10 17a2 2 0 0 1-3-3l7.500-7.500',
  at: 'M16 12a4 4 0 1 0-8 0 4 4 0 0 0 8 0zM16 8v5a2.500 2.500 0 0 0 5 0v-1a9 9 0 1 0-3.500 7',
  addEmoji:
    'M20 11.500a8.500 8.500 0 1 1-7.500-8.400M8.500 14.500a4 4 0 0 0 7 0M9 9.500v.500M14.500 9.500v.500M19 2v6M16 5h6',
  back: 'M15 5l-7 7 7 7',
  board: 'M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v11h-4z',
  book: 'M5 5a2 2 0 0 1 2-2h12v15H7a2 2 0 0 0-2 2zM5 20a2 2 0 0 0 2 1h12v-3',
  chat: 'M4 5h16v11H9l-5 4z',
  close: 'M6 6l12 12M18 6L6 18',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M3 15h16',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  next: 'M9 5l7 7-7 7',
  reply: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  send: 'M4 5l17 7-17 7 3-7zM7 12h7',
  sync: 'M20 11a8 8 0 0 0-14.500-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14.500 4L20 15M20 20v-5h-5',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.500',
  wrench: 'M14 7a4 4 0 0 1 6 4l-3-1-1 3 2 2a4 4 0 0 1-5-1l-6 6-3-3 6-6a4 4 0 0 1 4-4z',
  guide: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M15.500 8.500l-2 5-5 2 2-5z',
  knowledge: 'M5 4h10a4 4 0 0 1 4 4v12H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
  story: 'M4 7h9M4 12h6M4 17h9M17 5v14M14 16l3 3 3-3',
  theme: 'M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500z',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  cross: 'M7 7l10 10M17 7L7 17',
  model: 'M11 3l2 6 6 2-6 2-2 6-2-6-6-2 6-2zM19 16v5M16.500 18.500h5',
  gauge: 'M4 18a9 9 0 1 1 16 0M12 15l4-6',
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1.500 3h3L15 13h5',
  pause: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8 12h8',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 19.500a6.500 6.500 0 0 1 13 0M16 4.300a3.500 3.500 0 0 1 0 6.400M18 13.800a6.500 6.500 0 0 1 3.500 5.700',
  channel: 'M4 6h16M4 12h10M4 18h13',
  quote: 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20a7.500 7.500 0 0 1 15 0',
  thumbUp:
    'M7 11v9H4v-9zM7 11l4-7.500c1.500 0 2.500 1 2.500 2.500L13 9.500h5.500a2 2 0 0 1 2 2.400l-1.200 6.400A2 2 0 0 1 17.300 20H7',
  thumbDown:
    'M17 13V4h3v9zM17 13l-4 7.500c-1.500 0-2.500-1-2.500-2.500l.500-3.500H5.500a2 2 0 0 1-2-2.400l1.200-6.400A2 2 0 0 1 6.700 4H17',
  more: 'M6 12a1 1 0 1 0-2 0 1 1 0 0 0 2 0zM13 12a1 1 0 1 0-2 0 1 1 0 0 0 2 0zM20 12a1 1 0 1 0-2 0 1 1 0 0 0 2 0z',
  down: 'M6 9l6 6 6-6',
  up: 'M6 15l6-6 6 6',
  play: 'M8 5l11 7-11 7z',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 11v5M12 8v.010',
  circle: 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16z',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 7v5l3 2',
};

/** A small line icon in the colour of its text. It is decoration: what it stands for is said in words beside it. */
export function Icon({ name }) {
  return html`
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d=${paths[name]} />
    </svg>
  `;
}
