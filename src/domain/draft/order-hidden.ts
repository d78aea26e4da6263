/** Tags in which we show data to a model. In a text that is shown they only pretend. */
const TAG =
  /<\/?(?:passage|question|earlier|said|draft|tool_call|function_call)(?:\s[^<>\n]{0,200})?\/?>|&lt;\/?(?:passage|question|earlier|said|draft)(?:\s[^<>\n]{0,200}?)?\/?&gt;/gi;
/** From the beginning of something made up to its end. */
const PRETENDED: readonly RegExp[] = [
  /<(passage|question|earlier|said|draft|tool_call|function_call)(?:\s[^<>\n]{0,200})?>[^]{0,8000}?<\/\1\s*>/gi,
  /&lt;(passage|question|earlier|said|draft|tool_call|function_call)(?:\s[^<>\n]{0,200}?)?&gt;[^]{0,8000}?&lt;\/\1\s*&gt;/gi,
];
/** A fence whose language is somebody's turn. */
const TURN_FENCE =
  /^[ \t]*(`{3,}|~{3,})[ \t]*(?:system|assistant|developer|instructions?)[ \t]*\n[^]{0,8000}?(?:^[ \t]*\1[ \t]*$|$(?![^]))/gim;

/** Code is drawn as it stands, its comments and tags as well. */
const CODE =
  '(?<code>^[ \\t]*(?<fence>`{3,}|~{3,})[^\\n]*\\n[^]*?^[ \\t]*\\k<fence>[ \\t]*$|(?<tick>`+)(?!`)[^\\n]*?(?<!`)\\k<tick>(?!`))';
/** What hides an element, or its text: what is not drawn, or drawn so that nobody can read it. */
const UNREADABLE =
  '(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0(?![.\\d]*[1-9])|opacity\\s*:\\s*0(?![.\\d]*[1-9])|(?<![-\\w])color\\s*:\\s*(?:transparent|white|#fff(?:fff)?\\b)(?![^"\']*background)|(?:left|top|text-indent)\\s*:\\s*-\\d{3,})';
const UNDRAWN = `\\s(?:hidden(?=[\\s=/>])|aria-hidden\\s*=\\s*["']?true|style\\s*=\\s*(?:"[^"<>]*?${UNREADABLE}|'[^'<>]*?${UNREADABLE}))`;
/** What readers of the rendered text do not see. */
const UNSEEN: readonly RegExp[] = [
  '<!--[^]*?(?:-->|$(?![^]))',
  // a link's target that nothing points at: how comments are written in Markdown
  '^[ \\t]{0,3}\\[[^\\]\\n]{1,80}\\]:[ \\t]*(?:<>|<?#>?)[ \\t]*\\n?[ \\t]*(?:\\([^]{0,4000}?\\)|"[^]{0,4000}?"|\'[^]{0,4000}?\')[ \\t]*$',
  `<(?<name>[a-z][a-z0-9]{0,15})(?=\\s)(?=[^<>]{0,500}${UNDRAWN})[^<>]{0,500}>[^]{0,8000}?<\\/\\k<name>\\s*>`,
  '<(?<name>script|style|template|noscript)(?:\\s[^<>]{0,300})?>[^]{0,20000}?<\\/\\k<name>\\s*>',
  '<(?<name>system|instructions?|assistant)>[^]{0,8000}?<\\/\\k<name>>|&lt;(?<sign>system|instructions?|assistant)&gt;[^]{0,8000}?&lt;\\/\\k<sign>&gt;',
  '<\\/?(?:system|instructions?|assistant)(?:\\s[^<>\\n]{0,200})?\\/?>|&lt;\\/?(?:system|instructions?|assistant)(?:\\s[^<>\\n]{0,200}?)?\\/?&gt;',
].map((form) => new RegExp(`${CODE}|${form}`, 'gim'));

/** A text without what its readers do not see and what pretends to be ours, and how many of them there were. */
export function withoutHidden(text: string): { readonly text: string; readonly removed: number } {
  let removed = 0;
  const drop = () => {
    removed += 1;
    return '';
  };
  const visible = UNSEEN.reduce(
    (rest, form) => rest.replaceAll(form, (...[, code]: readonly (string | undefined)[]) => code ?? drop()),
    text.replaceAll(TURN_FENCE, drop),
  );
  return { text: [...PRETENDED, TAG].reduce((rest, form) => rest.replaceAll(form, drop), visible), removed };
}
