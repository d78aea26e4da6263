import { html, useEffect, useRef, useState } from '../view.js';
import { Tokens } from './menu.js';
import { shownOption } from './options.js';
import { useElement, useSurface } from './surface.js';
import { plainTextOf } from './text.js';

/** Pause in typing before the app is asked. */
const pauseMs = 150;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const usualMinLength = 3;

/** A menu whose options the app gives while one types; of one choice, or of several. */
export function ExternalMenu({ block, element }) {
  const isMulti = element.type === 'multi_external_select';
  const { value, choose, field, isWaiting } = useElement(block, element);
  const initial = [element.initial_option, ...(element.initial_options ?? [])].filter(Boolean).map(shownOption);
  const [known, setKnown] = useState(initial);
  const [words, setWords] = useState('');
  const { found, note } = useFound(block, element, words);
  const chosen = isMulti ? value : [value].filter((one) => one !== null);
  const left = found.filter((option) => !chosen.includes(option.value));

  function take(option) {
    setKnown([...known, option]);
    setWords('');
    choose(isMulti ? [...value, option.value] : option.value);
  }

  return html`
    <div class="kit-external">
      <${Tokens}
        options=${chosen.map((one) => known.find((option) => option.value === one) ?? { value: one, text: one })}
        isWaiting=${isWaiting}
        onRemove=${(gone) => choose(isMulti ? value.filter((one) => one !== gone) : null)}
      >
        <input
          ...${field}
          type="search"
          class="kit-token-input"
          autocomplete="off"
          placeholder=${plainTextOf(element.placeholder) || 'Type to search'}
          value=${words}
          onInput=${(event) => setWords(event.currentTarget.value)}
        />
      <//>
      <span class="out-of-sight" role="status">${note}</span>
      ${
        words !== '' &&
        html`<ul class="kit-found">
          ${left.map(
            (option) => html`
              <li key=${option.value}>
                <button type="button" onClick=${() => take(option)}>${option.text}</button>
              </li>
            `,
          )}
          ${note !== '' && html`<li class="faint">${note}</li>`}
        </ul>`
      }
    </div>
  `;
}

function useFound(block, element, words) {
  const { ask } = useSurface();
  const [found, setFound] = useState([]);
  const [note, setNote] = useState('');
  const asked = useRef(0);
  const min = element.min_query_length ?? usualMinLength;

  useEffect(() => {
    asked.current += 1;
    const turn = asked.current;
    setFound([]);
    if (words === '' || words.length < min) {
      setNote(words === '' ? '' : `Type at least ${min} characters`);
      return undefined;
    }
    setNote('Searching…');
    const timer = setTimeout(async () => {
      const answer = await ask({ blockId: block.block_id, actionId: element.action_id, words }).catch(() => null);
      // an answer to what was typed before is of no use any more
      if (turn !== asked.current) return;
      const options = [answer?.options ?? [], ...(answer?.groups ?? []).map((group) => group.options ?? [])].flat();
      setFound(options.map(shownOption));
      if (answer === null || answer.status === 0) setNote('The app did not answer.');
      else setNote(options.length === 0 ? 'Nothing found' : '');
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [words]);

  return { found, note };
}
