import path from 'node:path';

/** A part of a form that is a file. */
export interface FormFile {
  /** The name of the form's field. */
  readonly field: string;
  /** The file's name, without folders. */
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * The files of a form, https://www.rfc-editor.org/rfc/rfc7578. Fields that are no files are left out.
 * Null when the body is no such form.
 */
export function formFiles(contentType: string | undefined, body: Buffer): FormFile[] | null {
  const boundary = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? '');
  if (boundary === null) return null;
  const parts = partsOf(body, boundary[1] ?? boundary[2] ?? '');
  if (parts === null) return null;
  const files: FormFile[] = [];
  for (const part of parts) {
    const end = part.indexOf(headEnd);
    if (end < 0) return null;
    const file = fileOf(part.subarray(0, end).toString('utf8'), part.subarray(end + headEnd.length));
    if (file !== null) files.push(file);
  }
  return files;
}

/** What stands between the boundaries. Null when the last one is missing: the body was cut off. */
function partsOf(body: Buffer, boundary: string): Buffer[] | null {
  const mark = Buffer.from(`\r\n--${boundary}`);
  // the first boundary may stand at the very beginning, with no line before it
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Buffer[] = [];
  let start = whole.indexOf(mark);
  while (start >= 0) {
    const from = start + mark.length;
    if (whole.subarray(from, from + 2).toString() === '--') return parts;
    const next = whole.indexOf(mark, from);
    if (next < 0) return null;
    parts.push(whole.subarray(from + 2, next));
    start = next;
  }
  return null;
}

function fileOf(head: string, bytes: Buffer): FormFile | null {
  const headers = new Map(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const filename = filenameIn(disposition);
  if (filename === null) return null;
  return {
    field: parameter(disposition, 'name') ?? '',
    name: path.posix.basename(filename.replaceAll('\\', '/')),
    mimeType: headers.get('content-type')?.split(';')[0]?.trim() || 'application/octet-stream',
    bytes,
  };
}

/** The extended form with its own character set comes first: https://www.rfc-editor.org/rfc/rfc5987 */
function filenameIn(disposition: string): string | null {
  const extended = /;\s*filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return decoded(extended);
  return parameter(disposition, 'filename');
}

/** Browsers write a quotation mark as %22, others with a backslash. */
function parameter(disposition: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(disposition);
  if (found === null) return null;
  return (found[1] ?? found[2] ?? '').replaceAll(/\\(["\\])/g, '$1').replaceAll('%22', '"');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
