import { Icon } from '../icons.js';
import { html, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { fileUrl, isPicture, sizeInWords } from './file-words.js';
import { Lightbox } from './lightbox.js';

const maxWidth = 360;
const maxHeight = 280;
const tones = { pdf: 'red', zip: 'brown', text: 'grey', csv: 'green', xlsx: 'green', docx: 'blue', pptx: 'red' };

/** A message's files as Slack shows them: pictures as thumbnails that open, all others as cards to download. */
export function MessageFiles({ files }) {
  const [openAt, setOpenAt] = useState(null);
  const opener = useRef(null);
  const there = files.filter(({ mode }) => mode !== 'tombstone');
  const pictures = there.filter(({ mimetype }) => isPicture(mimetype));
  const others = there.filter(({ mimetype }) => !isPicture(mimetype));
  function open(event, index) {
    opener.current = event.currentTarget;
    setOpenAt(index);
  }
  function close() {
    setOpenAt(null);
    opener.current?.focus({ preventScroll: true });
  }
  return html`
    <div class="files">
      ${
        pictures.length > 0 &&
        html`<ul class="pictures">
          ${pictures.map((file, index) => html`<li key=${file.id}><${Thumbnail} file=${file} onOpen=${(event) => open(event, index)} /></li>`)}
        </ul>`
      }
      ${others.length > 0 && html`<ul class="file-cards">${others.map((file) => html`<li key=${file.id}><${FileCard} file=${file} /></li>`)}</ul>`}
      ${there.length < files.length && html`<p class="tombstone">A file was deleted.</p>`}
      ${openAt !== null && html`<${Lightbox} files=${pictures} first=${openAt} onClose=${close} />`}
    </div>
  `;
}

function Thumbnail({ file, onOpen }) {
  const { me } = useWorkspace();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return html`<${FileCard} file=${file} note="cannot be shown" />`;
  const { width, height } = fitted(file);
  return html`
    <button type="button" class="thumbnail" aria-label=${`Open ${file.name}`} title=${file.name} onClick=${onOpen}>
      <img src=${fileUrl(me, file)} alt="" width=${width} height=${height} loading="lazy" onError=${() => setBroken(true)} />
    </button>
  `;
}

/** The picture's own size, smaller when it is large: known before it is there, so that nothing jumps. */
function fitted({ original_w: width, original_h: height }) {
  if (!(width > 0 && height > 0)) return {};
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** One file with its name, type and size; a press downloads it. */
export function FileCard({ file, note }) {
  const { me } = useWorkspace();
  const type = file.pretty_type ?? 'File';
  return html`
    <a class="file-card" href=${fileUrl(me, file)} download=${file.name} title=${`Download ${file.name}`}>
      <span class=${`file-sign is-${tones[file.filetype] ?? 'grey'}`} aria-hidden="true"><${Icon} name="file" /></span>
      <span class="file-words">
        <bdi class="file-name">${file.name}</bdi>
        <span class="file-note">${[type, sizeInWords(file.size ?? 0), note].filter(Boolean).join(' · ')}</span>
      </span>
      <${Icon} name="download" />
    </a>
  `;
}
