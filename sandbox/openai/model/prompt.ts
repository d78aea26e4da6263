/** What stands in the messages, by their tags; nothing of it is an instruction. Texts are decoded. */
export interface Prompt {
  readonly system: string;
  readonly question: string;
  readonly earlier: readonly Said[];
  readonly passages: readonly Passage[];
  /** The sentences of `<draft>`, with the numbers they carry. */
  readonly draft: readonly { readonly number: number; readonly text: string }[];
  readonly pictures: readonly Uint8Array[];
}

export interface Said {
  readonly by: string;
  readonly text: string;
}

export interface Passage {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly text: string;
}

/** A message, its texts joined; the pictures apart. */
export interface Spoken {
  readonly role: string;
  readonly text: string;
  readonly pictures: readonly Uint8Array[];
}

/** Reads the tags of all that the user says. */
export function readPrompt(messages: readonly Spoken[]): Prompt {
  const isOurs = ({ role }: Spoken) => role === 'system' || role === 'developer';
  const data = joined(messages.filter((message) => !isOurs(message)));
  return {
    system: joined(messages.filter(isOurs)),
    question: bodiesOf('question', data)
      .map(({ body }) => body)
      .join('\n'),
    earlier: bodiesOf('said', data).map(({ attributes, body }) => ({ by: attributes['by'] ?? '', text: body })),
    passages: bodiesOf('passage', data).map(({ attributes, body }, index) => ({
      id: attributes['id'] ?? `P${index + 1}`,
      title: attributes['title'] ?? '',
      section: attributes['section'] ?? '',
      text: body,
    })),
    draft: bodiesOf('draft', data).flatMap(({ body }) => numbered(body)),
    pictures: messages.flatMap(({ pictures }) => pictures),
  };
}

/** As it stands in a prompt. */
export function encoded(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function joined(messages: readonly Spoken[]): string {
  return messages.map(({ text }) => text).join('\n');
}

interface Tagged {
  readonly attributes: Readonly<Record<string, string>>;
  readonly body: string;
}

function bodiesOf(tag: string, text: string): Tagged[] {
  const found = text.matchAll(new RegExp(`<${tag}((?:\\s+[\\w-]+="[^"]*")*)\\s*>([\\s\\S]*?)</${tag}>`, 'gu'));
  return Array.from(found, ([, attributes = '', body = '']) => ({
    attributes: Object.fromEntries(
      Array.from(attributes.matchAll(/([\w-]+)="([^"]*)"/gu), ([, name = '', value = '']) => [name, decoded(value)]),
    ),
    body: decoded(body.replace(/^\n|\n\s*$/gu, '')),
  }));
}

function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function numbered(text: string): { number: number; text: string }[] {
  const lines = text.matchAll(/^\s*(\d+)[.)]\s+(.+)$/gmu);
  return Array.from(lines, ([, number = '', sentence = '']) => ({ number: Number(number), text: sentence }));
}
