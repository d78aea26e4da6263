import '/vendor/markdown-it.js';

/**
 * The Markdown of a TextBlock: emphasis, lists and links, and no HTML, so that no markup in a text becomes markup of
 * the page. https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
 */
const parser = globalThis
  .markdownit({ html: false, linkify: false, breaks: true })
  .disable(['table', 'heading', 'lheading', 'image', 'code', 'fence', 'blockquote', 'hr', 'reference', 'html_block']);

export function markdownToHtml(text) {
  return parser.render(text);
}
