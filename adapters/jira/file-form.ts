import type { FileStream } from '#ticket-ports.ts';
import type { Patience } from './patience.ts';
import { JiraFailure } from './transport.ts';

export interface Upload {
  /** Safe to stand between quotation marks. */
  readonly name: string;
  readonly content: FileStream;
  /** Longer content is not sent to its end. */
  readonly mostBytes: number;
}

/** How long Jira may take to store what it has got. */
const storingMs = 60_000;

/**
 * The file as a form's field `file`, of which no more is held at a time than one piece.
 * https://www.rfc-editor.org/rfc/rfc7578, with the name in UTF-8 as browsers send it.
 */
export function createForm(
  { name, content, mostBytes }: Upload,
  { boundary, patience }: { boundary: string; patience: Patience },
) {
  const type = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(content.mimeType ?? '')
    ? content.mimeType
    : 'application/octet-stream';
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const reader = content.stream.getReader();
  let fault: JiraFailure | null = null;
  const stop = (message: string): never => {
    fault = new JiraFailure('rejected', { message, status: null });
    throw fault;
  };

  async function* parts(): AsyncGenerator<Uint8Array> {
    yield head;
    let sent = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      sent += value.byteLength;
      patience.renew();
      if (sent > mostBytes) stop('the file is larger than Jira takes');
      if (content.bytes !== null && sent > content.bytes) stop('the file is longer than was told');
      yield value;
    }
    if (content.bytes !== null && sent < content.bytes) stop('the file is shorter than was told');
    yield tail;
    patience.renew(storingMs);
  }

  return {
    stream: ReadableStream.from(parts()),
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      // else Jira takes it for a page's forged form
      'x-atlassian-token': 'no-check',
      ...(content.bytes === null
        ? {}
        : { 'content-length': String(head.byteLength + content.bytes + tail.byteLength) }),
    },
    /** Why we stopped sending; null when we did not. */
    fault: (): JiraFailure | null => fault,
    release: async () => await reader.cancel().catch(() => {}),
  };
}
