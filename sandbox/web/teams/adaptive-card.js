import { safeUrl } from '../links.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { hostConfig } from './host-config.js';
import { loadLibrary } from './library.js';
import { withoutPictures } from './pictures.js';

/** Teams draws nothing newer. */
const maxVersion = [1, 5];

/**
 * An Adaptive Card, drawn by Microsoft's own library.
 * @param {object} card its JSON
 * @param {(action: object, inputs: Record<string, string>) => void} onPress told of an `Action.Execute` or
 *   `Action.Submit`: the action's own JSON, and what the card's fields hold; only once they hold what they must
 */
export function AdaptiveCard({ card, onPress }) {
  const { openHere } = useWorkspace();
  const [library, setLibrary] = useState(null);
  const [problem, setProblem] = useState(null);
  const frame = useRef(null);
  const latest = useRef(null);
  latest.current = { onPress, openHere };

  useEffect(() => {
    let isGone = false;
    loadLibrary().then(
      (loaded) => !isGone && setLibrary(loaded),
      (error) => !isGone && setProblem(error.message),
    );
    return () => {
      isGone = true;
    };
  }, []);
  const text = JSON.stringify(card);
  useLayoutEffect(() => {
    if (library === null) return;
    try {
      frame.current.replaceChildren(...drawn(library, JSON.parse(text), latest));
      setProblem(null);
    } catch {
      frame.current.replaceChildren();
      setProblem('This card cannot be shown.');
    }
  }, [library, text]);

  return html`
    <div class="card-frame" ref=${frame} onClick=${(event) => followLink(event, latest.current.openHere)}></div>
    ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
  `;
}

function drawn(library, json, latest) {
  const [major, minor] = maxVersion;
  const card = new library.AdaptiveCard();
  card.hostConfig = new library.HostConfig(hostConfig);
  const sources = new WeakMap();
  const context = new library.SerializationContext(new library.Version(major, minor));
  context.onParseAction = (action, source) => sources.set(action, source);
  card.parse(withoutPictures(json), context);
  card.onExecuteAction = (action) => execute(library, action, { source: sources.get(action), latest });
  const element = card.render();
  for (const input of card.getAllInputs()) input.renderedInputControlElement?.setAttribute('data-input', input.id);
  return element === undefined ? [] : [element];
}

function execute(library, action, { source, latest }) {
  if (action instanceof library.OpenUrlAction) {
    const url = safeUrl(action.url);
    if (url !== null && !latest.current.openHere(url)) window.open(url, '_blank', 'noopener,noreferrer');
    return;
  }
  if (source === undefined || !(action instanceof library.SubmitAction || action instanceof library.ExecuteAction))
    return;
  const inputs = Object.values(action.getReferencedInputs() ?? {}).filter((input) => input.isSet());
  latest.current.onPress(source, Object.fromEntries(inputs.map(({ id, value }) => [id, String(value)])));
}

/** A link in a card's text, as any link of a message. */
function followLink(event, openHere) {
  const link = event.target.closest('a');
  if (link === null) return;
  const url = safeUrl(link.getAttribute('href'));
  const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey;
  if (url === null || (!isElsewhere && openHere(url))) event.preventDefault();
  else link.rel = 'noopener noreferrer';
}
