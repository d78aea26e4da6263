import { childElements, childNamed, textOf, type XmlElement, type XmlNode } from './xml.ts';

/**
 * Reads a macro's own elements. `ac:macro` is how they were called before Confluence 4.
 * https://confluence.atlassian.com/doc/confluence-storage-format-for-macros-171180.html
 */
export function isMacro({ name }: XmlElement): boolean {
  return name === 'ac:structured-macro' || name === 'ac:macro';
}

export function macroName({ attributes }: XmlElement): string {
  return attributes['ac:name'] ?? '';
}

/** The parameter's text; '' when there is none. The one without a name has the name ''. */
export function macroParameter(macro: XmlElement, name: string): string {
  const parameter = childElements(macro).find(
    (child) => child.name === 'ac:parameter' && (child.attributes['ac:name'] ?? '') === name,
  );
  return parameter === undefined ? '' : textOf(parameter.children).trim();
}

/** Null: it has none. */
export function richBody(macro: XmlElement): readonly XmlNode[] | null {
  return childNamed(macro, 'ac:rich-text-body')?.children ?? null;
}

/** As written, line ends as `\n`; null: it has none. */
export function plainBody(macro: XmlElement): string | null {
  const body = childNamed(macro, 'ac:plain-text-body');
  return body === null ? null : textOf(body.children).replaceAll(/\r\n?/g, '\n').replaceAll('\u00a0', ' ');
}
