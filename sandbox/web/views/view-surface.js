import { post } from '../api.js';
import { Surface } from '../block-kit/surface.js';
import { html } from '../view.js';

/** Lets the blocks of a modal or a Home tab be used. */
export function ViewSurface({ as, view, entered, onEntered, errors, children }) {
  const place = { as, viewId: view.id };
  return html`
    <${Surface}
      entered=${entered}
      onEntered=${onEntered}
      errors=${errors}
      send=${(act) => post('/api/view/click', { ...place, ...act })}
      ask=${(menu) => post('/api/view/options', { ...place, ...menu })}
    >
      ${children}
    <//>
  `;
}
