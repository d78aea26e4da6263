import type { ShownPassage } from './draft.ts';
import { factsOf, hasMixedScripts, says } from './facts.ts';
import { hasGoodForm } from './form.ts';
import { isOtherLanguage, languageOf } from './language.ts';
import { isOrder } from './orders.ts';
import { cleaned, linksOf, lookOf } from './plain-text.ts';

const LONGEST = 300;
const MOST_SENTENCES = 2;

/** What nobody from IT asks for, in the languages of the house's checks. */
const SECRETS =
  /\b(?:pass(?:word|code|phrase|wd|key)s?|passwort|kennwort|wachtwoord|senha|palavra-passe|contrase[nñ]a|mot de passe|has[lł]o|pin|puk|cvv|cvc|otp|tan|credentials?|zugangsdaten|secrets?|private key|(?:api|access|recovery|security|secret|encryption|bitlocker) (?:key|token)s?|tokens?|(?:verification|security|access|one-time|recovery|backup|confirmation|sms|mfa|2fa|login|authenticator|six-digit|6-digit) codes?|codes? (?:from|on|in|that|you|sent|we)|card (?:number|details)|credit card|iban|account number|social security|passport (?:number|details)|date of birth|mother's maiden|bank details)\b/iu;
/** Asked for, not about: "did you forget your password" is a fair question. */
const HANDS_OVER =
  /\b(?:what(?:'s| is| are| was)|which|tell|give|send|share|provide|type|enter|post|paste|write|let me (?:know|have)|reply with|confirm|state|may i have|can i (?:have|get)|could i (?:have|get)|was ist|wie lautet|nenn\p{L}*|gib|geben|schick\p{L}*|sende\p{L}*|quel(?:le)? est|donne[rz]?|envoye[rz]?|cu[aá]l es|dime|dame|env[ií]a\p{L}*|qual [eé]|diga|diz|env[ie]\p{L}*|wat is|geef|stuur|jaki\p{L}*|podaj)(?![\p{L}])/iu;
/** What may be asked about a secret: whether it works, which kind is used. */
const ABOUT_IT =
  /^(?:[^?]*\b(?:do you (?:see|get|have|use|know|still)|did you|have you|has|is it|is your|are you|does|when did|how (?:do|did|long|often)|which (?:kind|type|method|app|message|error))\b[^?]*)\?$/iu;

/**
 * A question back as it may be asked: one or two sentences, at most 300 characters, the last a question; without
 * addresses that no passage and no question holds; never for a secret. Null: it may not.
 */
export function checkQuestionBack(
  text: string,
  { question, passages }: { readonly question: string; readonly passages: readonly ShownPassage[] },
): string | null {
  const said = cleaned(text).replaceAll(/\s+/g, ' ');
  const isSound =
    hasQuestionForm(said) && !asksForSecret(said) && !isOrder(said) && !isOtherLanguage(said, languageOf(question));
  return isSound && hasKnownFacts(said, [question, ...passages.map(({ text: shown }) => shown)].join('\n'))
    ? said
    : null;
}

function hasQuestionForm(said: string): boolean {
  if (
    said === '' ||
    said.length > LONGEST ||
    !/[?？؟;]["')]?$/u.test(said) ||
    (said.endsWith(';') && languageOf(said) !== 'greek')
  )
    return false;
  const sentences = said.split(/(?<=[.!?。？！])\s+/u);
  return sentences.length <= MOST_SENTENCES && hasGoodForm(said, said) && linksOf(said).length === 0;
}

function asksForSecret(said: string): boolean {
  const look = lookOf(said);
  if (!SECRETS.test(look)) return false;
  return HANDS_OVER.test(look) || !ABOUT_IT.test(look);
}

/** No address of the web or of mail is asked about; code and names of machines are the asker's or the documents'. */
function hasKnownFacts(said: string, known: string): boolean {
  if (hasMixedScripts(said)) return false;
  return factsOf(said).every((fact) => fact.kind === 'code' && says(known, fact));
}
