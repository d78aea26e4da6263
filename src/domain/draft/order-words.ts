// Words of which orders to an assistant are made: in lower case, without accents, as regular expressions.

/** Neither who works with one, nor what is bought or done with it. */
const NOT_ITSELF =
  '(?![-a-z]| (?:users?|tools?|features?|functions?|licen[cs]es?|usage|use|policy|policies|services?|apps?|add-?ins?|projects?|trainings?|courses?|meetings?|settings?|owners?|developers?|admins?|teams?|manager)\\b)';
const KIND =
  '(?:(?:large|generative|virtual|helpful|helper|helpdesk|digital|automated|automatic|conversational|vision|it) )*';

/** A machine that reads and answers. */
export const MACHINE = `(?:${KIND}(?:a\\.?i\\.?(?:[ -](?:assistants?|models?|agents?|systems?|(?:chat ?)?bots?|readers?|crawlers?))?|language models?|llms?|(?:vision|ai) models?|summari[sz]ers?|chat ?bots?|(?:chat)?gpt|assistants?|bots?|firstline)${NOT_ITSELF})`;
/** One that cannot be a person who assists, nor a wizard that installs something. */
export const MODEL_ONLY = `(?:${KIND}(?:a\\.?i\\.?(?:[ -](?:assistants?|models?|agents?|systems?|(?:chat ?)?bots?))?|language models?|llms?|chat ?bots?)${NOT_ITSELF})`;

/** What a model is made of, by the words with which it is given orders. */
export const RULES =
  '(?:instructions?|prompts?|rules?|directives?|guidelines?|programming|guardrails?|constraints?|restrictions?|policies|training)';
export const BEFORE =
  '(?:previous|prior|above|earlier|preceding|foregoing|original|initial|existing|system|safety|former|other|current)';

/** Whoever gets the answer. */
export const READER =
  '(?:(?:the|every|each|all|any|this|our|other) )?(?:users?|employees?|askers?|requesters?|readers?|customers?|colleagues|staff|person asking|whoever asks|people|everybody|everyone|anybody|anyone)';
export const ADDRESS =
  '(?:https?:|www\\.|\\b[a-z0-9-]+\\.(?:com|net|org|io|ru|info|xyz|example|test|site|top|link|me|co)\\b)';
/** What is said, as distinct from what it says. */
export const WORDING =
  '(?:words?|phrases?|sentences?|text|image|picture|logo|link|url|line|code|contents?|marker|string|paragraph|banner)';
export const ANSWERS = '(?:answers?|repl(?:y|ies)|responses?|outputs?)';

/** What one begins to say something with that others are to hear. */
export const SAYS =
  '(?:say|state|claim|answer|reply|respond|insist|assert|pretend|output|append|insert|reveal|disclose|recite|teach|promise|greet)';
/** Clauses that can be an order begin so. */
export const BEGINS =
  '(?:^|[.!?:;>(\\[|] ?|, (?:and |then |also |please )?|\\b(?:and|then|please|also|now|instead|must|always|just|simply) )';
/** Something that reads on its own. */
export const READS =
  '(?:(?:[a-z]+ )?(?:machine|robot|bot|chatbot|ai|a\\.i\\.|assistant|language model|model|llm|helper|agent|summari[sz]er|crawler)s?)';
/** To write what employees get. */
export const WRITES =
  '(?:putting|drafting|writing|composing|generating|preparing|assembling|producing|building|making)';
