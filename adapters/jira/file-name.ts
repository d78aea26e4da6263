import { cleanText, startOf } from './text.ts';

const maxLength = 200;
/** Signs that turn the direction of what follows: `gnp.exe` would read as `exe.png`. https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters */
const directions = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** The name of a file as it is kept, without what could lead elsewhere or deceive; its ending stays. Never empty. */
export function safeFileName(name: string): string {
  const [last = ''] = cleanText(name).split(/[\\/]/).slice(-1);
  const clean = last
    .replaceAll(directions, '')
    .replaceAll(/\s+/g, ' ')
    // it stands between quotation marks in the request
    .replaceAll('"', "'")
    .trim();
  if (/^\.*$/.test(clean)) return 'file';
  if (clean.length <= maxLength) return clean;
  const [ending = ''] = /\.[^.]{1,20}$/.exec(clean) ?? [];
  return `${startOf(clean, maxLength - ending.length)}${ending}`;
}
