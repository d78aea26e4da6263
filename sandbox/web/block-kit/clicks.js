import { post } from '../api.js';
import { html } from '../view.js';
import { Surface, useEntered } from './surface.js';

/** Lets the blocks of one message be used. Says so when the app does not take a click. */
export function ClickArea({ as, channel, ts, children }) {
  const [entered, setEntered] = useEntered();
  const place = { as, channel, ts };
  return html`
    <${Surface}
      entered=${entered}
      onEntered=${setEntered}
      send=${(act) => post('/api/chat/click', { ...place, ...act })}
      ask=${(menu) => post('/api/view/options', { ...place, ...menu })}
    >
      ${children}
    <//>
  `;
}
