import { redactionPasses } from '../redact.ts';
import { afterPass, draftOf, type Pass, piecesOf } from '../redact-places.ts';

/** Whether a text is of the conversation, or of a document that the answer may cite. */
export type Origin = 'asked' | 'document';

/** Hides personal data and secrets from a model, and puts back into its answer what may be said. For one call. */
export interface Disguise {
  /** The text with numbered placeholders, as `[e-mail 1]`; the same value has the same one in all texts. */
  readonly hide: (text: string, from: Origin) => string;
  /**
   * The text with the addresses, phone numbers and names of documents put back. Null: it holds another placeholder, for a
   * secret, for something that only the asker said, or for nothing that was hidden; it cannot be said then.
   */
  readonly restore: (text: string) => string | null;
}

interface Hidden {
  readonly placeholder: string;
  readonly value: string;
  readonly isPublic: boolean;
}

const PLACEHOLDER = /\[(?:e-mail|phone|name|secret|account number) \d{1,5}\]/g;
/** Also as a model may misspell it, and as documents have it that were redacted before they were kept. */
const LEFTOVER = /\[\s*(?:e-?mail|phone|name|secret|account[ -]?number)\s*(?:address|number)?[\s#]*\d*\s*\]/i;
/** Secrets and account numbers are never put back, whoever wrote them down. */
const RESTORED = new Set(['[e-mail]', '[phone]', '[name]']);

/** @param names display names of people that are to be hidden. */
export function createDisguise(names: readonly string[]): Disguise {
  const passes = redactionPasses(names);
  const hidden = new Map<string, Hidden>();
  const counts = new Map<string, number>();

  function placeholderFor(value: string, kind: string, from: Origin): string {
    const key = `${kind} ${keyOf(value, kind)}`;
    const known = hidden.get(key);
    const number = known === undefined ? (counts.get(kind) ?? 0) + 1 : null;
    if (number !== null) counts.set(kind, number);
    const placeholder = known?.placeholder ?? kind.replace(']', ` ${number}]`);
    const isPublic = from === 'document' && RESTORED.has(kind);
    // as a document writes it, rather than as the asker does
    if (known === undefined || (isPublic && !known.isPublic)) hidden.set(key, { placeholder, value, isPublic });
    return placeholder;
  }

  return {
    hide(text, from) {
      const numbered = passes.map(
        (pass): Pass =>
          (draft) =>
            pass(draft).map((place) => {
              const value = draft.slice(place.from, place.to);
              // what a pass before has hidden, with or without something around it
              return value.search(PLACEHOLDER) === -1
                ? { ...place, by: placeholderFor(value, place.by, from) }
                : { ...place, by: value };
            }),
      );
      // a placeholder that somebody typed must stand for nothing
      const own = text.replaceAll(PLACEHOLDER, (typed) => `(${typed.slice(1, -1)})`);
      return piecesOf(numbered.reduce(afterPass, draftOf([own]))).join('');
    },
    restore(text) {
      const values = new Map(
        [...hidden.values()].filter(({ isPublic }) => isPublic).map((one) => [one.placeholder, one.value]),
      );
      const isUnsayable = LEFTOVER.test(
        text.replaceAll(PLACEHOLDER, (placeholder) => (values.has(placeholder) ? '' : placeholder)),
      );
      return isUnsayable ? null : text.replaceAll(PLACEHOLDER, (placeholder) => values.get(placeholder) ?? placeholder);
    },
  };
}

/** Spelling does not make another address of it, nor spaces another number. */
function keyOf(value: string, kind: string): string {
  if (kind === '[secret]') return value;
  return kind === '[phone]' || kind === '[account number]' ? value.replaceAll(/[^\dA-Z+]/gi, '') : value.toLowerCase();
}
