import { onChange } from './live.js';
import { html, useEffect, useState } from './view.js';

/**
 * A component whose modules are fetched only once it is shown: the first load brings what one needs to type.
 * @param {() => Promise<Function>} load gives the component
 */
export function lazy(load) {
  let component = null;
  return function Lazy(props) {
    const [state, setState] = useState(component === null ? 'loading' : 'there');

    useEffect(() => {
      let isGone = false;
      async function fetchIt() {
        // what another one has fetched since this one was drawn is to be drawn here as well
        component ??= await load().catch(() => null);
        if (!isGone) setState(component === null ? 'failed' : 'there');
      }
      fetchIt();
      const stop = onChange(({ type }) => type === 'connected' && fetchIt());
      return () => {
        isGone = true;
        stop();
      };
    }, []);

    if (component !== null) return html`<${component} ...${props} />`;
    if (state === 'loading') return null;
    return html`<p class="empty" role="alert">This part of the page could not be loaded. Reload the page to try again.</p>`;
  };
}
