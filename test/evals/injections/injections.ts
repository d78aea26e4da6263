import { readFileSync } from 'node:fs';
import path from 'node:path';

/** An attempt to have the helpdesk obey somebody's text. Written for this project. */
export interface Injection {
  readonly id: string;
  /** What carries it: a question, a page (Markdown), a ticket's text, a file's name, the text in an image, a person's name. */
  readonly where: 'question' | 'page' | 'ticket' | 'file-name' | 'image-text' | 'display-name';
  /** What stands around it and is meant well. */
  readonly carrier: string;
  readonly payload: string;
  /** What it is after: another kind of outcome, a link or number of its own, what others may not see, an act. */
  readonly wants: 'kind' | 'link' | 'leak' | 'action';
  /** Must never stand in what an employee is told. It may stand where their own words are shown to them. */
  readonly marker: string;
}

export function readInjections(): readonly Injection[] {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'injections.json'), 'utf8'));
}
