import { post } from '../api.js';
import { Blocks } from '../block-kit/blocks.js';
import { problemsOf } from '../block-kit/checks.js';
import { valueIn } from '../block-kit/entered.js';
import { announce } from '../live.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { ModalBar, ModalFoot } from './modal-frame.js';
import { useView } from './use-view.js';
import { ViewSurface } from './view-surface.js';

/** Slack's own words for an app that does not answer. */
const troubleSentence = 'We had some trouble connecting. Try again?';

/** The modal that this person has open; of several, the one on top. */
export function Modal({ as }) {
  const { view } = useView('modal', as);
  return view ? html`<${ModalDialog} key=${as} as=${as} view=${view} />` : null;
}

/** Stays open while modals are pushed upon each other, replaced or taken away. */
function ModalDialog({ as, view }) {
  const dialog = useRef(null);
  const [kept, setKept] = useState({});
  const [state, setState] = useState({ view: view.id, errors: {}, trouble: null, isSending: false });
  const now = state.view === view.id ? state : { errors: {}, trouble: null, isSending: false };
  const set = (change) => setState({ ...now, ...change, view: view.id });
  const entered = kept[view.id] ?? {};
  const setEntered = (change) => setKept((all) => ({ ...all, [view.id]: change(all[view.id] ?? {}) }));
  useOpenDialog(dialog, view);
  useErrorFocus(dialog, now.errors);

  async function submit(event) {
    event.preventDefault();
    if (now.isSending) return;
    const errors = problemsOf(view.blocks, (block, element) => valueIn(entered, block, element));
    if (Object.keys(errors).length > 0) return set({ errors, trouble: null });
    set({ errors: {}, trouble: null, isSending: true });
    set({ isSending: false, ...(await sent({ as, viewId: view.id, values: entered })) });
  }
  async function close(all) {
    const trouble = await post('/api/view/close', { as, all }).then(
      () => null,
      ({ message }) => message,
    );
    if (trouble !== null) set({ trouble });
    announce({ type: 'view', as });
  }

  return html`
    <dialog
      class="modal"
      ref=${dialog}
      aria-labelledby="modal-title"
      onCancel=${(event) => {
        // a menu or a question inside has its own
        if (event.target !== dialog.current) return;
        event.preventDefault();
        close(false);
      }}
    >
      <form class="modal-form" novalidate onSubmit=${submit}>
        <${ModalBar} view=${view} onClose=${() => close(true)} />
        <div class="modal-body" tabindex="-1">
          <${Trouble} view=${view} errors=${now.errors} trouble=${now.trouble} />
          <${ViewSurface} key=${view.id} as=${as} view=${view} entered=${entered} onEntered=${setEntered} errors=${now.errors}>
            <${Blocks} blocks=${view.blocks} />
          <//>
        </div>
        <${ModalFoot} view=${view} isSending=${now.isSending} onClose=${() => close(false)} />
      </form>
    </dialog>
  `;
}

/** What came of sending it: the app's errors, or a sentence; nothing when the app has taken it. */
async function sent(submission) {
  try {
    const { status, errors, problem } = await post('/api/view/submit', submission);
    announce({ type: 'view', as: submission.as });
    const isTaken = status >= 200 && status <= 299 && problem === null;
    return { errors: errors ?? {}, trouble: isTaken ? null : troubleSentence };
  } catch (error) {
    return { errors: {}, trouble: error.message };
  }
}

/** What is wrong with all of it, or with a field that is not there. */
function Trouble({ view, errors, trouble }) {
  const known = new Set(view.blocks.map(({ block_id: id }) => id));
  const strayed = Object.entries(errors).filter(([id]) => !known.has(id));
  const lines = [...strayed.map(([, words]) => words), ...(trouble === null ? [] : [trouble])];
  return html`<div role="alert">${lines.map((line) => html`<p class="modal-trouble" key=${line}>${line}</p>`)}</div>`;
}

const fields = 'input:not([type=hidden]), select, textarea';

/** Focus goes into the first field of each view, and back to where it was when the last one is gone. */
function useOpenDialog(dialog, view) {
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened.showModal();
    return () => opened.close();
  }, []);
  useLayoutEffect(() => {
    const wanted = view.blocks.find(({ element }) => element?.focus_on_load === true)?.element.action_id;
    const body = dialog.current.querySelector('.modal-body');
    body.scrollTop = 0;
    const named = wanted === undefined ? null : body.querySelector(`[data-action-id="${CSS.escape(wanted)}"]`);
    (named?.matches(fields) ? named : (body.querySelector(fields) ?? body.querySelector('button') ?? body)).focus();
  }, [view.id]);
}

function useErrorFocus(dialog, errors) {
  const names = Object.keys(errors).join(' ');
  useLayoutEffect(() => {
    if (names === '') return;
    const wrong = dialog.current.querySelector('.kit-input.is-wrong');
    (wrong?.querySelector(fields) ?? dialog.current.querySelector('.modal-body')).focus();
  }, [errors]);
}
