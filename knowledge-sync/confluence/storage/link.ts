import type { Context } from './context.ts';
import { escapeText } from './escape.ts';
import { contentUrl, markdownLink, pageUrl, safeUrl, spaceUrl } from './links.ts';
import { childElements, childNamed, textOf, type XmlElement } from './xml.ts';

/** Text within another link is text only: Markdown has no links in links. */
export function webLink(element: XmlElement, text: string, context: Context): string {
  return linked(text.trim(), safeUrl(element.attributes.href ?? '', context.surroundings.baseUrl), context);
}

function linked(text: string, url: string | null, { isInLink }: Context): string {
  if (url === null || isInLink) return text;
  // the address as its own text would need escapes that nobody wants to read
  return markdownLink(text.replaceAll('\\', '') === url ? '' : text, url);
}

/** What a link leads to: the words for it when it has none of its own, and its address when there is one. */
interface Target {
  readonly words: string;
  readonly url: string | null;
}

/**
 * `ac:link`: to a page of the same or another space, a blog post, a space, a file, a person, an address, a place on the
 * page. https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html#ConfluenceStorageFormat-Links
 *
 * @param bodyOf makes the link's own words.
 */
export function confluenceLink(
  element: XmlElement,
  bodyOf: (body: XmlElement, context: Context) => string,
  context: Context,
): string {
  const resource = childElements(element).find(({ name }) => name.startsWith('ri:'));
  // Names change, and the words of a mention are what the name was.
  if (resource?.name === 'ri:user') return mention(resource, context);
  const body = childNamed(element, 'ac:link-body') ?? childNamed(element, 'ac:plain-text-link-body');
  const words = body === null ? '' : bodyOf(body, context);
  const { words: ownWords, url } = resource === undefined ? nowhere(element) : targetOf(resource, context);
  const anchor = element.attributes['ac:anchor'];
  return linked(words || escapeText(ownWords), withAnchor(url, anchor), context);
}

function withAnchor(url: string | null, anchor = ''): string | null {
  return url === null || anchor === '' ? url : `${url}#${encodeURIComponent(anchor)}`;
}

/** A place on the same page, or what is no link at all. */
function nowhere({ attributes, children }: XmlElement): Target {
  return { words: attributes['ac:anchor'] ?? textOf(children).trim(), url: null };
}

function targetOf(resource: XmlElement, context: Context): Target {
  const target = targets[resource.name];
  if (target !== undefined) return target(resource, context);
  context.account.addGap('unsupported', resource.name);
  return { words: '', url: null };
}

type ToTarget = (resource: XmlElement, context: Context) => Target;

const targets: Readonly<Record<string, ToTarget>> = {
  'ri:page': pageTarget,
  'ri:blog-post': pageTarget,
  'ri:attachment': fileTarget,
  'ri:space': ({ attributes: { 'ri:space-key': key = '' } }, { surroundings }) => ({
    words: key,
    url: key === '' ? null : spaceUrl(surroundings.baseUrl, key),
  }),
  'ri:content-entity': ({ attributes: { 'ri:content-id': id = '' } }, { surroundings }) => ({
    words: '',
    url: id === '' ? null : contentUrl(surroundings.baseUrl, id),
  }),
  'ri:url': ({ attributes: { 'ri:value': value = '' } }, { surroundings }) => {
    const url = safeUrl(value, surroundings.baseUrl);
    return { words: url === null ? value : '', url };
  },
  // a name for an address that only the site's settings know
  'ri:shortcut': ({ attributes }) => ({ words: attributes['ri:parameter'] ?? attributes['ri:key'] ?? '', url: null }),
};

/** A link without a title leads to a place on the page itself. */
function pageTarget({ name, attributes }: XmlElement, { surroundings, pages }: Context): Target {
  const title = attributes['ri:content-title'] ?? '';
  const spaceKey = attributes['ri:space-key'] ?? pages[0].spaceKey;
  if (title === '') return { words: '', url: null };
  const posted = name === 'ri:blog-post' ? (attributes['ri:posting-day'] ?? null) : null;
  return { words: title, url: pageUrl(surroundings.baseUrl, { spaceKey, title }, posted) };
}

/** A file is named. It is never fetched, and its address is of no use without signing in. */
function fileTarget({ attributes }: XmlElement, { account }: Context): Target {
  const file = attributes['ri:filename'] ?? '';
  account.addGap('attachment', file);
  return { words: file, url: null };
}

/** `@Name`; a name that we may not see is nobody's. */
export function mention({ attributes }: XmlElement, { surroundings }: Context): string {
  const id = accountIdOf(attributes);
  const name = id === null ? undefined : surroundings.names.get(id);
  return escapeText(`@${name ?? 'someone'}`);
}

export function accountIdOf(attributes: Readonly<Record<string, string>>): string | null {
  return attributes['ri:account-id'] ?? null;
}
