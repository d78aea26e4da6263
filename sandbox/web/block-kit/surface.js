import { createContext, html, useContext, useMemo, useRef, useState } from '../view.js';
import { Confirm } from './confirm.js';
import { initialOf, valueIn } from './entered.js';

/** Blocks that stand nowhere, as in a preview, are to be seen and not to be used. */
const nowhere = {
  prefix: 'kit0',
  waitingFor: null,
  errors: {},
  ask: async () => ({ status: 0, options: [], groups: [] }),
  enter: () => undefined,
  valueOf: ({ element }) => initialOf(element),
  isBusy: () => false,
  tell: () => undefined,
};
const SurfaceContext = createContext(nowhere);
let surfaces = 0;

/** What was entered, by block_id and action_id; only what differs from the start is in it. */
export function useEntered() {
  return useState({});
}

/**
 * Makes the blocks inside usable: keeps what is entered, and tells the app of clicks and choices, one at a time.
 *
 * @param entered, onEntered as of `useEntered`
 * @param send ({ blockId, actionId, value, values }) tells the app; gives `{ status }`
 * @param ask ({ blockId, actionId, words }) asks for the options of an external menu
 * @param errors by block_id, shown under the fields
 */
export function Surface({ entered, onEntered, send, ask, errors = {}, children }) {
  const prefix = useMemo(() => `kit${(surfaces += 1)}`, []);
  const [waitingFor, setWaitingFor] = useState(null);
  const [problem, setProblem] = useState(null);
  const [question, setQuestion] = useState(null);
  const latest = useRef(entered);
  latest.current = entered;
  // choices follow each other; two clicks on a button in one frame are one, and the state is not there yet for it
  const queue = useRef({ length: 0, end: Promise.resolve() });

  function tell(place, value) {
    queue.current.length += 1;
    queue.current.end = queue.current.end.then(() => deliver(place, value));
  }
  async function deliver(place, value) {
    setWaitingFor(keyOf(place));
    setProblem(null);
    const { block_id: blockId } = place.block;
    const { action_id: actionId } = place.element;
    try {
      const { status } = await send({ blockId, actionId, value, values: latest.current });
      if (status < 200 || status > 299) setProblem('The app did not take the click. Try again.');
    } catch (error) {
      setProblem(error.message);
    } finally {
      queue.current.length -= 1;
      setWaitingFor(null);
    }
  }

  function enter({ block, element }, value) {
    onEntered((all) => ({ ...all, [block.block_id]: { ...all[block.block_id], [element.action_id]: value } }));
  }

  const surface = {
    prefix,
    waitingFor,
    errors,
    ask,
    enter,
    valueOf: ({ block, element }) => valueIn(entered, block, element),
    isBusy: () => queue.current.length > 0,
    tell(place, value, undo = () => undefined) {
      const { confirm } = place.element;
      if (confirm === undefined) tell(place, value);
      else setQuestion({ confirm, yes: () => tell(place, value), no: undo });
    },
  };
  return html`
    <${SurfaceContext.Provider} value=${surface}>
      ${children}
      ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
      ${
        question !== null &&
        html`<${Confirm}
          confirm=${question.confirm}
          onAnswer=${(isYes) => {
            setQuestion(null);
            if (isYes) question.yes();
            else question.no();
          }}
        />`
      }
    <//>
  `;
}

function keyOf({ block, element }) {
  return `${block.block_id} ${element.action_id}`;
}

/** The surface around: `errors` and `ask` among it. */
export function useSurface() {
  return useContext(SurfaceContext);
}

/**
 * One element's part of the surface around it.
 * - `value`: what it holds; `enter(value)` keeps another one without a word to the app
 * - `choose(value)`: keeps it and tells the app, where the app wants to hear of it; `press(value)`: tells it only
 * - `isWaiting`: the app is hearing of it just now; `isBusy`: of it or another one
 * - `field`: the attributes that give the control its name, its error and its hint
 */
export function useElement(block, element) {
  const surface = useContext(SurfaceContext);
  const place = { block, element };
  const value = surface.valueOf(place);
  const isSilent = block.type === 'input' && block.dispatch_action !== true;

  function choose(next) {
    const before = value;
    surface.enter(place, next);
    if (!isSilent) surface.tell(place, next, () => surface.enter(place, before));
  }

  return {
    value,
    choose,
    enter: (next) => surface.enter(place, next),
    press: (next) => {
      if (!surface.isBusy()) surface.tell(place, next);
    },
    isBusy: surface.waitingFor !== null,
    isWaiting: surface.waitingFor === keyOf(place),
    field: fieldOf(surface, place),
  };
}

function fieldOf({ prefix, errors }, { block, element }) {
  const id = idOf(prefix, block, element.action_id);
  const data = { id, 'data-action-id': element.action_id };
  if (block.type === 'section') return { ...data, 'aria-labelledby': idOf(prefix, block, 'label') };
  if (block.type !== 'input') return { ...data, 'aria-label': element.placeholder?.text ?? nameOf(element.type) };
  const error = errors[block.block_id];
  const notes = [error && idOf(prefix, block, 'error'), block.hint && idOf(prefix, block, 'hint')].filter(Boolean);
  return {
    ...data,
    'aria-labelledby': idOf(prefix, block, 'label'),
    'aria-describedby': notes.length === 0 ? undefined : notes.join(' '),
    'aria-invalid': error === undefined ? undefined : 'true',
    'aria-required': block.optional === true ? undefined : 'true',
  };
}

/** The id of a part of a block, the same on every drawing; a message may stand on the page twice. */
export function idOf(prefix, block, part) {
  return `${prefix}-${block.block_id}-${part}`.replaceAll(/\s/g, '_');
}

function nameOf(type) {
  if (type === 'datepicker') return 'Choose a date';
  if (type === 'timepicker') return 'Choose a time';
  if (type === 'datetimepicker') return 'Choose a date and a time';
  if (type === 'checkboxes') return 'Choose any';
  return 'Choose an option';
}
