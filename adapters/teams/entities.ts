import type { Citation } from '#domain/decision.ts';
import { cutLine } from '../chat/clean-text.ts';
import type { Json } from './buttons.ts';
import { safeUrl } from './safe-url.ts';

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content */
const longest = { name: 80, abstract: 160, url: 1000 } as const;
/** Teams refuses more than twenty. */
export const mostCitations = 10;

/** `[1] [2]`, as Teams finds them in a text. */
export function citationMarks(citations: readonly Citation[]): string {
  return citations
    .slice(0, mostCitations)
    .map((_, index) => `[${index + 1}]`)
    .join(' ');
}

/**
 * The one entity of an answer: Teams shows its label "AI generated", and the documents at their numbers: the first is
 * `[1]`. A message may have only one of its type.
 *
 * @param cited `places`: of those that are told, from 0, in order.
 * @param quote plain text, what the first document is quoted for; '' when nothing of it is.
 */
export function aiEntity(
  { citations, places }: { readonly citations: readonly Citation[]; readonly places: readonly number[] },
  quote: string,
): Json {
  const claims = places
    .filter((place) => place < mostCitations)
    .flatMap((place) => {
      const citation = citations[place];
      return citation === undefined ? [] : [claim(citation, place, place === 0 ? quote : '')];
    });
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    additionalType: ['AIGeneratedContent'],
    ...(claims.length === 0 ? {} : { citation: claims }),
  };
}

function claim({ title, url, section }: Citation, index: number, quote: string): Json {
  const name = cutLine(title, longest.name) || `Document ${index + 1}`;
  const about = section === undefined ? name : `Section “${section}”`;
  const address = webAddress(url);
  return {
    '@type': 'Claim',
    position: index + 1,
    appearance: {
      '@type': 'DigitalDocument',
      name,
      abstract: cutLine(quote, longest.abstract) || cutLine(about, longest.abstract) || name,
      ...(address === null ? {} : { url: address }),
    },
  };
}

function webAddress(url: string): string | null {
  const address = safeUrl(url);
  return address === null || !/^https?:/.test(address) || address.length > longest.url ? null : address;
}
