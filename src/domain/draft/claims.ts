const THINGS =
  '(?:tickets?|requests?|cases?|access|accounts?|passwords?|orders?|approvals?|permissions?|licen[cs]es?|refunds?|replacements?)';
const HAVE = "(?:has|have|had|was|were|is|are|'s|'re)";
const DONE =
  '(?:[a-z]+ed|reset|sent|set|put|given|made|done|granted|bought|told|taken|found|written|shut|begun|gone|on (?:its|the) way)';
const CLAIMS = [
  `\\b(?:your|my|the|this|that|all|every|each|both|any)(?: [a-z-]+){0,3}? ${THINGS}(?: [a-z-]+){0,3}? ${HAVE}(?: (?:now|already|just|all|also|hereby|successfully))*(?: been)?(?: (?:now|already|just|also|successfully))* ${DONE}\\b`,
  `\\b(?:i|we)(?:'ve| have| had|)(?: (?:now|already|just|also|hereby))+ ${DONE}\\b|\\b(?:i|we)(?:'ve| have) ${DONE}\\b`,
].map((form) => new RegExp(form, 'gi'));

/** What is not claimed, only thought of. */
const SUPPOSED =
  /\b(?:if|once|when|whenever|after|until|unless|before|while|as soon as|whether|that|which|who|should|in case)\b[^.;:!?]*$/i;

/**
 * Whether a sentence reports something as done for the asker that is not reported where it rests on: "your request has been
 * approved". A model does nothing, so it can only be made up, or be what somebody wants to be told.
 */
export function claimsDone(sentence: string, core: string): boolean {
  const claimed = CLAIMS.flatMap((form) =>
    [...sentence.matchAll(form)].filter(({ index }) => !SUPPOSED.test(sentence.slice(0, index))),
  );
  return claimed.length > 0 && !CLAIMS.some((form) => core.search(form) !== -1);
}
