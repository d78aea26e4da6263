import { MessageFiles } from '../chat/message-files.js';
import { UploadStrip } from '../chat/upload-strip.js';
import { useUploads } from '../chat/use-uploads.js';
import { Icon } from '../icons.js';
import { html, useEffect, useRef } from '../view.js';
import { useDesk } from './desk.js';
import { toFile, waitingFiles } from './files-of.js';

/** The issue's files: pictures open in full size, all others are downloaded. IT staff add more, without a comment. */
export function Attachments({ issueKey, attachments }) {
  const { as } = useDesk();
  if (attachments.length === 0 && as === null) return null;
  return html`
    <section class="attachments">
      <h3>Attachments ${attachments.length > 0 && html`<span class="count">${attachments.length}</span>`}</h3>
      ${attachments.length > 0 && html`<${MessageFiles} files=${attachments.map(toFile)} />`}
      ${as !== null && html`<${Add} key=${as.email} issueKey=${issueKey} />`}
    </section>
  `;
}

function Add({ issueKey }) {
  const { as, act, maxFileBytes } = useDesk();
  const { uploads, items, ids, isUploading } = useUploads(`${as.email}.attach.${issueKey}`, waitingFiles(maxFileBytes));
  const picker = useRef(null);
  useEffect(() => {
    if (isUploading || ids.length === 0) return;
    // taken out at once: another drawing of the page must not attach them again
    uploads.forget(ids);
    act('attach', { files: ids });
  }, [isUploading, ids.join()]);

  function chosen(event) {
    uploads.add([...event.currentTarget.files]);
    event.currentTarget.value = '';
  }
  return html`
    <${UploadStrip} uploads=${uploads} items=${items} />
    <input type="file" multiple hidden ref=${picker} aria-label="Files for the issue" tabindex="-1" onChange=${chosen} />
    <button type="button" class="plain-button attach-button" onClick=${() => picker.current.click()}>
      <${Icon} name="attach" /> Attach files
    </button>
  `;
}
