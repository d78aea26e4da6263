/** Patterns for what a password, a PIN, a key and a code are called. */
export const passwords =
  'pass(?:words?|codes?|phrases?|wort|wd)?|pwd?|kennwort|wachtwoord|palavra[ -]passe|senha|contrase[ñn]a|mot de passe|hasło';
export const pins = '(?:pin|puk|tan|otp)(?:[ -]?(?:code|number|nr))?';
const keyKinds =
  '(?:api|access|secret|client|license|licence|product|private|encryption|storage|account|subscription|shared|auth|session)[_ -]?';
export const keys = `(?:${keyKinds})?(?:keys?|secrets?|tokens?)`;
export const codes =
  '(?:one[ -]time|verification|security|login|sign-in|sms|mfa|2fa|access|door|gate|alarm|safe|unlock|activation|recovery|backup|temporary)[ -](?:pass)?(?:codes?|pins?)';
const numbers = '(?: ?(?:no\\.?|nr\\.?|number|codes?|\\d{1,2}))?';

/** What a column or a row of a table with secrets is called; a key alone is one of a registry or a keyboard. */
export const secretHeading = new RegExp(
  `^(?:[\\p{L}\\p{N}./-]{1,30} ){0,3}(?:[\\p{L}\\p{N}]{1,30}[-_])?(?:${passwords}|passwörter|kennwörter|senhas|pins?|${pins}|${codes}|(?:${keyKinds})keys?|(?:${keyKinds})?(?:secrets?|tokens?))${numbers}(?: ?\\([^()]{0,40}\\))?[:*]{0,2}$`,
  'iu',
);

/** What all of this becomes. */
export const secret = '[secret]';

/** Whether it is what stands for something that was taken out. */
export function isPlaceholder(text: string): boolean {
  return /^\[(?:name|e-mail|phone|secret|account number)\]?/.test(text);
}
