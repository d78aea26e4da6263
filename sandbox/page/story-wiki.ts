import type { Trail } from '../operator.ts';
import type { StoryRestCall } from './story-types.ts';

/** One call of the bot to what keeps documents. */
export type WikiCall = StoryRestCall & { readonly system: 'notion' | 'confluence' };

/**
 * The calls about documents that the bot cites: before an answer is posted it asks whether each is still there, and who
 * may read it. Syncs make such calls as well, so each is only a guess.
 */
export function checksOf(calls: readonly WikiCall[], trail: Trail): readonly WikiCall[] {
  const urls = trail.turns.flatMap(({ decision }) => decision?.citations?.map(({ url }) => url) ?? []);
  const ids = new Set(urls.flatMap((url) => pageIdIn(url) ?? []));
  if (ids.size === 0) return [];
  return calls.filter(({ method, path }) => {
    const names = path.replaceAll('-', '').split('/');
    return method === 'GET' && names.some((name) => ids.has(name));
  });
}

/** What the addresses of Confluence and Notion call a page; null in any other. */
function pageIdIn(url: string): string | null {
  const [address = ''] = url.split(/[?#]/);
  const confluence = /\/spaces\/[^/]+\/pages\/(\d+)/.exec(address)?.[1];
  return confluence ?? /([0-9a-f]{32})\/?$/.exec(address.replaceAll('-', ''))?.[1] ?? null;
}
