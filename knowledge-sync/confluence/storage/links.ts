import type { PageRef } from './context.ts';

/** The address as it may stand in a link of Markdown; null for what is none of the web or of mail. */
export function safeUrl(href: string, baseUrl: string): string | null {
  const trimmed = href.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return null;
  const url = URL.parse(trimmed, `${baseUrl}/`);
  if (url === null || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return null;
  return url.href.replaceAll('(', '%28').replaceAll(')', '%29');
}

/**
 * The address of a page that is known by its title. Confluence leads from there to where the page is, in Cloud as in
 * Data Center. `posted` is the day (yyyy/mm/dd) of a blog post.
 */
export function pageUrl(baseUrl: string, { spaceKey, title }: PageRef, posted: string | null = null): string {
  const day = posted === null ? [] : posted.split('/');
  const path = [spaceKey, ...day, title].map((part) => encodeURIComponent(part).replaceAll('%20', '+'));
  return `${baseUrl}/display/${path.join('/')}`.replaceAll('(', '%28').replaceAll(')', '%29');
}

export function spaceUrl(baseUrl: string, spaceKey: string): string {
  return `${baseUrl}/display/${encodeURIComponent(spaceKey)}`;
}

export function contentUrl(baseUrl: string, contentId: string): string {
  return `${baseUrl}/pages/viewpage.action?pageId=${encodeURIComponent(contentId)}`;
}

/** `text` is Markdown, `url` one of those above; without text the address is shown. */
export function markdownLink(text: string, url: string): string {
  return text === '' ? `<${url}>` : `[${text}](${url})`;
}
