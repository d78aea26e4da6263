import type { Answer } from '../http.ts';
import { urlOf } from './answers.ts';
import type { Api } from './api.ts';
import { parseId } from './ids.ts';
import { isGone, titleOf } from './tree.ts';

/** Where a person's browser goes with a page's address: to the page of the sandbox, which shows the article. */
export function showPage(path: string, api: Api): Answer {
  const id = parseId(/([0-9a-f]{32})\/?$/i.exec(path.replaceAll('-', ''))?.[1] ?? '');
  const entity = id === null ? null : api.store.find(id);
  if (entity === null || entity.kind === 'block') return html(404, 'There is no such page.');
  const title = titleOf(entity) || 'Untitled';
  if (isGone(entity, api.store)) return html(404, `${title} is in the trash.`);
  const { pageUrl } = api.settings;
  if (pageUrl === null) return html(200, title);
  const location = `${pageUrl}/?article=${encodeURIComponent(urlOf(entity, api))}`;
  return { ...html(302, title), headers: { 'content-type': 'text/html; charset=utf-8', location } };
}

function html(status: number, words: string): Answer {
  const text = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const body = `<!doctype html><meta charset="utf-8"><title>${text}</title><p>${text}</p>\n`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
