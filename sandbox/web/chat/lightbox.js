import { Icon } from '../icons.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { fileUrl, sizeInWords } from './file-words.js';

/** A message's pictures one by one in full size. Left and right go from one to the next, Escape closes. */
export function Lightbox({ files, first, onClose }) {
  const { me } = useWorkspace();
  const [at, setAt] = useState(first);
  const dialog = useRef(null);
  const file = files[at];
  useLayoutEffect(() => {
    dialog.current.showModal();
  }, []);

  function go(step) {
    setAt((index) => (index + step + files.length) % files.length);
  }
  function onKeyDown(event) {
    if (event.key === 'ArrowRight') go(1);
    if (event.key === 'ArrowLeft') go(-1);
  }
  return html`
    <dialog class="lightbox" ref=${dialog} aria-label=${file.name} onClose=${onClose} onKeyDown=${onKeyDown}>
      <header class="lightbox-header">
        <div class="file-words">
          <bdi class="file-name">${file.name}</bdi>
          <span class="file-note">
            ${sizeInWords(file.size)}${files.length > 1 && ` · ${at + 1} of ${files.length}`}
          </span>
        </div>
        <a class="icon-button" href=${fileUrl(me, file)} download=${file.name} aria-label="Download" title="Download">
          <${Icon} name="download" />
        </a>
        <button type="button" class="icon-button" aria-label="Close" title="Close" autofocus onClick=${() => dialog.current.close()}>
          <${Icon} name="close" />
        </button>
      </header>
      <div class="lightbox-picture" onClick=${(event) => event.target === event.currentTarget && dialog.current.close()}>
        <img src=${fileUrl(me, file)} alt=${file.name} />
      </div>
      ${
        files.length > 1 &&
        html`
          <button type="button" class="lightbox-step is-back" aria-label="Previous picture" onClick=${() => go(-1)}><${Icon} name="back" /></button>
          <button type="button" class="lightbox-step is-next" aria-label="Next picture" onClick=${() => go(1)}><${Icon} name="next" /></button>
        `
      }
    </dialog>
  `;
}
