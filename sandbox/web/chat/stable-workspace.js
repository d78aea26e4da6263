import { html, useMemo, useRef } from '../view.js';
import { useWorkspace, Workspace } from '../workspace.js';

/**
 * The workspace as messages need it. It changes only when they have to be drawn anew: not with every unread mark, which
 * would draw each of a long channel's messages again.
 */
export function StableWorkspace({ children }) {
  const given = useWorkspace();
  const latest = useRef(given);
  latest.current = given;
  const { me, people, bot, app, channels } = given;
  const names = JSON.stringify(Array.from(channels.values(), ({ id, name }) => [id, name]));
  const value = useMemo(() => {
    const through =
      (name) =>
      (...values) =>
        latest.current[name]?.(...values);
    return {
      ...given,
      openHere: through('openHere'),
      openStory: given.openStory && through('openStory'),
      openArticle: given.openArticle && through('openArticle'),
      openMessage: given.openMessage && through('openMessage'),
    };
  }, [me, people, bot, app, names]);
  return html`<${Workspace.Provider} value=${value}>${children}<//>`;
}
