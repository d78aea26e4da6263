import type { Api } from './api.ts';
import type { Content } from './model.ts';

/** Addresses of a page below the base, as both versions give them. */
export function linksOf(content: Content, { store }: Pick<Api, 'store'>) {
  const key = store.space(content.spaceId)?.key ?? '';
  const place = `/spaces/${encodeURIComponent(key)}`;
  const tiny = Buffer.from(content.id).toString('base64url');
  if (content.type !== 'page') return { webui: `${place}/${content.type}/${content.id}` };
  return {
    webui: `${place}/pages/${content.id}/${slugOf(content.title)}`,
    editui: `/pages/resumedraft.action?draftId=${content.id}`,
    tinyui: `/x/${tiny}`,
  };
}

/** The title as it stands at the end of a page's web address. */
function slugOf(title: string): string {
  return encodeURIComponent(title).replaceAll('%20', '+');
}
