/** What can be typed instead of a question; the same words in Slack's /helpdesk and in Teams. */
export type CommandName = 'help' | 'status' | 'new';

export interface Command {
  readonly name: CommandName;
  /** What follows it, of commands that take something; '' for nothing. */
  readonly rest: string;
}

interface Known {
  readonly name: CommandName;
  /** What it is for, in a line of the help. */
  readonly says: string;
  /** Other words for it, as people type them. */
  readonly also: readonly string[];
  /** What follows belongs to it. */
  readonly takesRest: boolean;
}

/** Every command there is: a new one is a row here and a case where it is carried out. */
export const COMMANDS: readonly Known[] = [
  {
    name: 'help',
    says: 'what I can do, and cannot',
    also: ['/help', '?', 'commands', 'what can you do', 'how do you work'],
    takesRest: false,
  },
  {
    name: 'status',
    says: 'your requests, and where each stands',
    also: [
      'my requests',
      'my request',
      'my tickets',
      'my ticket',
      'requests',
      'tickets',
      'list my tickets',
      'show my tickets',
      'list my requests',
      'show my requests',
      'what is the status of my ticket',
      'what is the status of my request',
    ],
    takesRest: false,
  },
  {
    name: 'new',
    says: 'begin something new, where what you write would go on with what was before',
    also: [],
    takesRest: true,
  },
];

/** Asks what we do or know ourselves, which is none of a ticket's. “New” may be an answer. */
export function isForUsAlone(text: string): boolean {
  const name = readCommand(text)?.name;
  return name === 'help' || name === 'status';
}

/** The command that a text is, whatever its letters' case and its full stop; null when it is anything else: a question. */
export function readCommand(text: string): Command | null {
  const words = text
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/(?<=\w)[.!?]+$/, '');
  for (const { name, also, takesRest } of COMMANDS) {
    if (words === name || also.includes(words)) return { name, rest: '' };
    if (takesRest && words.startsWith(`${name}:`))
      return {
        name,
        rest: text
          .trim()
          .slice(name.length + 1)
          .trim(),
      };
  }
  return null;
}
