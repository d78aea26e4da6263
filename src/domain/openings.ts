import type { Reply } from './reply.ts';

/** What is quoted of a question; the thread has all of it. */
const QUOTED_CHARACTERS = 300;

/**
 * Opens the thread in which a question is answered privately.
 *
 * @param url the link to the thread where it was asked.
 */
export function privateAnswerOpening({ question, url }: { question: string; url: string }): Reply {
  const after = `: “${beginningOf(question)}”`;
  return { parts: [{ kind: 'link', before: 'About ', text: 'your question', url, after }], buttons: [] };
}

const PROMPTS = [
  'My VPN connection keeps dropping. What can I do?',
  'How do I reset my password?',
  'How do I set up sign-in on my new phone?',
];

/** The first words in a place that we were brought into. */
export function welcomeOpening(place: 'direct' | 'channel'): Reply {
  const first =
    'Hello! I answer IT questions from your company’s own guides, and name the guide. When I am not sure, or when you ask for a human, I open a ticket with IT and pass on what they say.';
  if (place === 'channel') {
    const text = `${first} Mention me with your question, and I answer in its thread.`;
    return { parts: [{ kind: 'text', text }], buttons: [] };
  }
  return {
    parts: [
      { kind: 'text', text: `${first} Tell me what is wrong in a sentence, or try one of these:` },
      { kind: 'prompts', prompts: PROMPTS },
      { kind: 'note', text: 'Write “help” to see what else I do.' },
    ],
    buttons: [],
  };
}

/** How a request begins that was made of a message, by the platform's own menu: the words by which it is handed over. */
export const TICKET_WISH = 'Please open a ticket.';

/** What it says but for that. */
export function withoutWish(text: string): string {
  return text.startsWith(TICKET_WISH) ? text.slice(TICKET_WISH.length).trim() || text : text;
}

/** How names begin that stand in the place of a source: what is wrong with tickets. Such faults are whole sentences. */
export const TICKET_SYSTEM = 'ticket-system';
/** The same of what is spent on models; a slash follows. */
export const BUDGET = 'model-budget';
/** And of what keeps a model from being used. */
export const MODEL = 'model';

const WHOLE_SENTENCES = [TICKET_SYSTEM, `${BUDGET}/`, `${MODEL}/`];

/** Tells an admin what keeps a source from being read. `fault` names the setting to mend. */
export function faultOpening({ source, fault }: { source: string; fault: string }): Reply {
  if (WHOLE_SENTENCES.some((beginning) => source.startsWith(beginning)))
    return { parts: [{ kind: 'text', text: fault }], buttons: [] };
  // Failures of other systems begin with the system's name.
  const named = `${source}: `;
  const cause = fault.toLowerCase().startsWith(named.toLowerCase()) ? fault.slice(named.length) : fault;
  const sentence = cause.trim().replace(/\.?$/, '.');
  const text = `I cannot read the source “${source}”: ${sentence} What was read before stays in use.`;
  return { parts: [{ kind: 'text', text }], buttons: [] };
}

function beginningOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= QUOTED_CHARACTERS) return line;
  // At a word's end, so that neither a word nor a character of two halves is cut.
  return `${line.slice(0, QUOTED_CHARACTERS).replace(/\s+\S*$|[\uD800-\uDBFF]$/, '')}…`;
}
