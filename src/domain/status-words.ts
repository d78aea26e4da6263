import type { TicketStatus } from './ticket.ts';

/** What a status means to an employee, a sentence. Names of statuses are the company's own, so only telling ones count. */
export function statusSentence({ name, category }: TicketStatus): string {
  if (category === 'done') return isRefusal(name) ? 'IT has closed your request.' : 'IT says that this is solved.';
  const known = WAITING.find(([names]) => names.test(name.trim()));
  if (known !== undefined) return known[1];
  return category === 'in-progress' ? UNDER_WAY : IN_LINE;
}

/** The same as news; null when it says only that it waits: so does everybody think who has not heard anything else. */
export function statusNews(status: TicketStatus): string | null {
  const sentence = statusSentence(status);
  return sentence === IN_LINE ? null : sentence;
}

export const UNDER_WAY = 'IT is working on it.';
const IN_LINE = 'Your request is in line; nobody in IT works on it yet.';
const ASKED = 'IT needs something from you to go on. Please answer here.';
const OPEN_AGAIN = 'Your request is open again.';

/** Sentences that are for who has asked, and not for those who follow. */
export const FOR_REQUESTER: readonly string[] = [ASKED, OPEN_AGAIN];

const WAITING: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:waiting|pending|awaiting|wait)\b.*\b(?:customer|requester|reporter|user|employee|info\w*|feedback|response|reply)\b|\bneeds? (?:more )?info|\bmore info/i,
    ASKED,
  ],
  [/\bapprov/i, 'It waits for somebody’s approval.'],
  [
    /\b(?:waiting|pending|awaiting)\b.*\b(?:vendor|supplier|third|3rd|partner|manufacturer|delivery|parts?)\b|\bordered\b/i,
    'IT waits for another company.',
  ],
  [/\b(?:on hold|paused|blocked|parked|deferred|postponed)\b/i, 'IT has put it on hold for now.'],
  [/\b(?:testing|review|verif\w+|validation)\b/i, 'IT has done something about it and is checking it.'],
  [/\b(?:escalated|second level|2nd level|l2|l3)\b/i, 'IT has passed it on to a specialist.'],
  [/\b(?:planned|scheduled|selected)\b/i, 'IT has planned when to do it.'],
  [/\bre-?opened\b/i, OPEN_AGAIN],
];

/** What is to be added to "IT says that this is solved": a clause; '' when there is nothing to add. */
export function resolutionWords(resolution: string | null): string {
  return RESOLUTIONS.find(([names]) => names.test(plain(resolution ?? '')))?.[1] ?? '';
}

const RESOLUTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bduplicate\b/, 'it is dealt with in another request'],
  [/\b(?:wont|will not|declined|rejected|refused|denied|not approved)\b/, 'it will not be done'],
  [/\breproduc/, 'the problem could not be seen'],
  [/\b(?:cancel\w*|withdrawn|abandoned|no longer needed|obsolete)\b/, 'the request was cancelled'],
  [/\bworkaround\b/, 'there is a way around it'],
  [/\b(?:known (?:error|issue))\b/, 'it is a known fault'],
];

function isRefusal(name: string): boolean {
  return /\b(?:cancel\w*|declined|rejected|refused|wont|will not|duplicate|withdrawn|closed)\b/.test(plain(name));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/['’]/g, '');
}
