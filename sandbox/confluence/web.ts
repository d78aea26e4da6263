import type { Answer, Call } from '../http.ts';
import type { Api, Request } from './api.ts';
import { escapeXml, viewOfStorage } from './body-formats.ts';
import { linksOf } from './links.ts';
import type { Content } from './model.ts';
import { v1NotFound } from './refusal.ts';

/** Where a person's browser goes with a page's link: a page that leads to the sandbox's own, or shows the text. */
export function webPage({ path }: Call, api: Api): Answer {
  const id = /^\/wiki\/spaces\/[^/]+\/pages\/(\d+)(?:\/|$)/.exec(path)?.[1];
  const content = id === undefined ? null : api.store.content(id);
  if (content === null || content.status === 'trashed' || content.status === 'draft') {
    return htmlAnswer(404, 'Page not found', '<p>There is no such page here.</p>');
  }
  return htmlAnswer(200, content.title, bodyOf(content, api));
}

function bodyOf(content: Content, api: Api): string {
  const { pageUrl } = api.settings;
  if (pageUrl === null) return viewOfStorage(content.storage);
  const own = `${api.baseUrl()}${linksOf(content, api).webui}`;
  const target = escapeXml(`${pageUrl}/?article=${encodeURIComponent(own)}`);
  return `<meta http-equiv="refresh" content="0;url=${target}"><p><a href="${target}">Open in the sandbox</a></p>`;
}

function htmlAnswer(status: number, title: string, body: string): Answer {
  const head = `<meta charset="utf-8"><title>${escapeXml(title)}</title>`;
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en">${head}<h1>${escapeXml(title)}</h1>${body}</html>\n`,
  };
}

/** An attached file, at the address that listings name. */
export function download({ call, view }: Pick<Request, 'call' | 'view'>, { store }: Api): Answer {
  const [pageId = '', name = ''] = call.path.slice('/wiki/download/attachments/'.length).split('/');
  const content = store.content(pageId);
  const file = content?.attachments.find(({ title }) => encodeURIComponent(title) === name);
  if (content === null || file === undefined || !view.content(content)) throw v1NotFound('No such attachment');
  return { status: 200, headers: { 'content-type': file.mediaType }, body: Buffer.from(file.base64, 'base64') };
}
