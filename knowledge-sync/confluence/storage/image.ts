import type { Context } from './context.ts';
import { escapeText } from './escape.ts';
import { markdownLink, safeUrl } from './links.ts';
import { childElements, childNamed, textOf, type XmlElement } from './xml.ts';

/**
 * An image in words: its alternative text, its caption, or its file's name. One on the web is a link, so that reading
 * an answer asks nothing of a foreign server; a file of the page is only named.
 * https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html#ConfluenceStorageFormat-Images
 */
export function imageOf(element: XmlElement, context: Context): string {
  const { file, address } = sourceOf(element);
  if (file !== '') context.account.addGap('attachment', file);
  const words = wordsOf(element) || file;
  if (`${words}${address}` === '' || !context.account.spend(words.length)) return '';
  const text = escapeText(words === '' ? 'Image' : `Image: ${words}`);
  const url = safeUrl(address, context.surroundings.baseUrl);
  return url === null || context.isInLink ? `(${text})` : markdownLink(text, url);
}

/** One of both is '', or both are. */
function sourceOf(element: XmlElement): { file: string; address: string } {
  const resource = childElements(element).find(({ name }) => name === 'ri:attachment' || name === 'ri:url');
  if (resource === undefined) return { file: '', address: element.attributes.src ?? '' };
  return { file: resource.attributes['ri:filename'] ?? '', address: resource.attributes['ri:value'] ?? '' };
}

/** The alternative text and what stands below the image, once when both say the same. */
function wordsOf(element: XmlElement): string {
  const { attributes } = element;
  const caption = childNamed(element, 'ac:caption');
  const texts = [
    attributes['ac:alt'] ?? attributes.alt ?? '',
    caption === null ? '' : textOf(caption.children),
    attributes['ac:title'] ?? '',
  ];
  const said = texts.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '');
  return [...new Set(said)].slice(0, 2).join('. ');
}
