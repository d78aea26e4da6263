const htmlTags = new Set(
  (
    'a abbr at attachment audio b big blockquote body br button center cite code col colgroup dd del details dfn div dl ' +
    'dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd ' +
    'label li link main mark meta nav object ol option p picture pre q quoted s samp script section select small source ' +
    'span strike strong style sub summary sup svg table tbody td textarea tfoot th thead title tr tt u ul var video wbr'
  ).split(' '),
);

/** Whether it is a tag that Teams, or a browser, knows. What the reader has to fill in, such as `<username>`, is none. */
function isTag(name: string): boolean {
  return htmlTags.has(name.toLowerCase());
}

/** `<b>` is HTML and goes; `<username>` is what the reader has to fill in, and stays. A line break breaks the line. */
export function withoutTags(text: string): string {
  return (
    text
      .split('\n')
      // a line break would end a table's row
      .map((line) => line.replaceAll(/<br\s*\/?>/gi, line.trimStart().startsWith('|') ? ' ' : '\n\n'))
      .join('\n')
      .replaceAll(/<\/?([a-z][a-z0-9]*)(?:\s[^<>]*)?\/?>/gi, (tag, name: string) => (isTag(name) ? '' : tag))
  );
}

/** Code is shown as it stands, so a space parts the `<` from what would make it a mention or HTML. */
export function disarmCode(code: string): string {
  return code.replaceAll(/<(?=!--|\/?([a-z][a-z0-9]*)\b)/gi, (less, name: string | undefined) =>
    name === undefined || isTag(name) ? `${less} ` : less,
  );
}
