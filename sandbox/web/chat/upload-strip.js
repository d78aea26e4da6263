import { Icon } from '../icons.js';
import { html } from '../view.js';
import { isPicture, sizeInWords } from './file-words.js';

/** The files that go with the message that is being written. */
export function UploadStrip({ uploads, items }) {
  if (items.length === 0) return null;
  return html`
    <ul class="upload-strip" aria-label="Files to send">
      ${items.map((item) => html`<li key=${item.key}><${Upload} item=${item} uploads=${uploads} /></li>`)}
    </ul>
  `;
}

function Upload({ item, uploads }) {
  const { key, name, state, problem, isFinal, file } = item;
  const canRetry = state === 'failed' && !isFinal && file !== undefined;
  return html`
    <div class=${`upload is-${state}`} data-upload=${name}>
      <${Face} item=${item} uploads=${uploads} />
      <div class="file-words">
        <bdi class="file-name" title=${name}>${name}</bdi>
        <span class="file-note" role=${state === 'failed' ? 'alert' : undefined}>${noteOf(item)}</span>
        ${state === 'sending' && html`<progress max="1" value=${item.progress} aria-label=${`Uploading ${name}`}></progress>`}
        ${canRetry && html`<button type="button" class="text-button" onClick=${() => uploads.retry(item)}>Try again</button>`}
      </div>
      <button type="button" class="upload-remove" aria-label=${`Remove ${name}`} title="Remove" onClick=${() => uploads.remove(key)}>
        <${Icon} name="close" />
      </button>
      ${problem !== null && html`<span class="out-of-sight">${name}: ${problem}</span>`}
    </div>
  `;
}

function Face({ item, uploads }) {
  const { id, mimetype, state } = item;
  if (state === 'done' && isPicture(mimetype))
    return html`<img class="upload-picture" src=${uploads.urlOf(id)} alt="" />`;
  return html`<span class="file-sign is-grey" aria-hidden="true"><${Icon} name=${state === 'failed' ? 'warning' : 'file'} /></span>`;
}

function noteOf({ state, problem, size, progress }) {
  if (state === 'failed') return problem;
  return state === 'sending' ? `Uploading, ${Math.round(progress * 100)} %` : sizeInWords(size);
}
