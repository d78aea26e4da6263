/** Upper and lower case and digits, in six characters and more. */
export function isMixed(value: string): boolean {
  return value.length >= 6 && [/\p{Lu}/u, /\p{Ll}/u, /\d/].every((kind) => kind.test(value));
}

/** Letters with digits or signs, as no word has, and nothing of which the form is known. */
export function isSecretLike(value: string): boolean {
  return hasSigns(value) && !isForm(value) && !isPlace(value);
}

/**
 * {@link isSecretLike} for what is said to be a secret: what looks like a file or a path is one as well when it is as
 * mixed as passwords are, or has a digit, and does not begin as paths do.
 */
export function isStated(value: string): boolean {
  if (!hasSigns(value) || isForm(value)) return false;
  return !isPlace(value) || (isMixed(value) && !isSurelyPlace(value)) || isSlashed(value);
}

function hasSigns(value: string): boolean {
  if (value.length < 4 || !/\p{L}/u.test(value)) return false;
  return /\d/.test(value) || /[!$#%&*^~@?+]./.test(value) || /[\p{L}\p{N}][={}[\]|\\;"`<>]+[\p{L}\p{N}]/u.test(value);
}

/** Products, versions, error codes, articles, dates, GUIDs: they hold digits and are no secret. */
export function isForm(value: string): boolean {
  return [
    /^(?:KB\d|AADSTS|CVE-|ERR|0x|v?\d+\.\d|[A-Z]{2,10}-\d+$|WPA\d|IT-)/,
    /^(?:windows|office|microsoft|exchange|server|outlook|iphone|ipad|android|macos|ios|1password|sha|tls|utf|m365|o365)[\w.-]*$/i,
    /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
    /^\d+(?:st|nd|rd|th|x|h|min|s|am|pm|gb|mb|times|days?|hours?|minutes?|-?characters?|-?digits?|-?[a-z]+)$/i,
  ].some((form) => form.test(value));
}

/** Hosts, files, paths, addresses, and what is named after the password it asks for. */
export function isPlace(value: string): boolean {
  return /password|^[\w-]+(?:\.[a-z][\w-]*)+$|[/\\]|:\/\//i.test(value);
}

/** As paths begin, or as files and hosts end. */
function isSurelyPlace(value: string): boolean {
  return /:\/\/|^[/\\~]|^[a-z]:[/\\]|^\.{1,2}[/\\]|^HK(?:EY|LM|CU|CR)|\.[a-z]{2,8}$/i.test(value);
}

/** `and/or` is none. */
function isSlashed(value: string): boolean {
  return /[/\\]/.test(value) && /\d/.test(value) && !isSurelyPlace(value) && !/password/i.test(value);
}
