import { onChange } from '../live.js';
import { pathTo } from '../api.js';

export const maxFiles = 10;
const goneSentence = 'The sandbox does not answer.';

/** Draft key to its store: files stay with their draft while another conversation is open. */
const stores = new Map();
let count = 0;

/**
 * The files of one draft of a message.
 * @param target where they go: `path` takes them, `urlOf(id)` shows one that was taken, `maxBytes` is the most
 */
export function uploadsOf(draftKey, target) {
  const known = stores.get(draftKey) ?? createUploads(draftKey, target);
  stores.set(draftKey, known);
  return known;
}

/** The files of the chat, of who one acts as. */
export function filesOfChat(me) {
  const urlOf = (id) => pathTo('/api/file', { ...me, id });
  return { path: '/api/files', query: me, urlOf, maxBytes: 20 * 1024 * 1024 };
}

/**
 * Files on their way to the server. Each is `{ key, name, mimetype, size, state, progress, problem, id }`: `state` is
 * `sending`, `done` (then it has the server's `id`) or `failed`; `progress` is 0 to 1.
 */
function createUploads(draftKey, { path, query, urlOf, maxBytes }) {
  const storageKey = `firstline.files.${draftKey}`;
  const listeners = new Set();
  let items = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');

  function set(next) {
    items = next;
    // what is on the server already outlives a reload of the page
    const done = items.filter(({ state }) => state === 'done').map(({ file: _bytes, ...item }) => item);
    if (done.length === 0) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, JSON.stringify(done));
    for (const listener of listeners) listener();
  }
  const change = (key, part) => set(items.map((item) => (item.key === key ? { ...item, ...part } : item)));

  function start({ key, file }) {
    change(key, { state: 'sending', progress: 0, problem: null, isGone: false });
    const request = new XMLHttpRequest();
    request.open('POST', pathTo(path, { ...query, name: file.name || 'file' }));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-type', file.type || 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => change(key, { progress: total === 0 ? 1 : loaded / total });
    request.onerror = () => change(key, { state: 'failed', problem: goneSentence, isGone: true });
    request.onload = () => {
      const { status, response } = request;
      if (status === 200) change(key, { state: 'done', progress: 1, id: response.id });
      else change(key, { state: 'failed', problem: response?.error ?? `The sandbox answered ${status}.` });
    };
    request.send(file);
  }

  onChange(({ type }) => {
    if (type !== 'connected') return;
    for (const item of items) if (item.isGone) start(item);
  });

  return {
    items: () => items,
    urlOf,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(files) {
      const room = Math.max(0, maxFiles - items.length);
      const fresh = [...files].slice(0, room).map((file) => {
        count += 1;
        const isTooLarge = file.size > maxBytes;
        const problem = isTooLarge ? `Too large: ${Math.floor(maxBytes / 1024 / 1024)} MB is the most.` : null;
        const { name, type: mimetype, size } = file;
        return {
          key: `${Date.now()}-${count}`,
          file,
          name,
          mimetype,
          size,
          state: isTooLarge ? 'failed' : 'sending',
          problem,
          isFinal: isTooLarge,
          progress: 0,
        };
      });
      set([...items, ...fresh]);
      for (const item of fresh) if (!item.isFinal) start(item);
      return files.length > room ? `A message takes ${maxFiles} files at most.` : null;
    },
    retry: (item) => start(item),
    remove: (key) => set(items.filter((item) => item.key !== key)),
    /** Those that were sent with a message. */
    forget: (ids) => set(items.filter(({ id }) => !ids.includes(id))),
  };
}
