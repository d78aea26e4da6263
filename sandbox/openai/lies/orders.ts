import { encoded, type Prompt } from '../model/prompt.ts';
import { sentencesOf } from '../model/statements.ts';

/** Words that look like an order to an assistant, wherever they stand. */
export interface Order {
  readonly text: string;
  /** Of the passage in which it stands; null: in the question, in what was said earlier, or in a title. */
  readonly passage: string | null;
  /** As it stands there. */
  readonly quote: string;
}

const marks: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,80}\b(?:instructions?|rules?|prompts?|polic\w+|previous|above|before|earlier|documents?|passages?|said|told)\b/isu,
  /\b(?:ignorier\w*|vergiss|ignorez|oubliez|ignora|olvida|ignore as|esque[çc]a|negeer|vergeet)\b.{0,80}\b(?:anweisung\w*|regeln|instru\w+|consignes|r[eè]gl\w+|reglas|regras|regels|aanwijzing\w*)/isu,
  /\b(?:assistants?|ai|a\.i\.|chat ?bots?|bots?|language models?|llms?|gpt|copilot|firstline)\b.{0,120}\b(?:must|should|shall|always|never|now|please|add|include|say|tell|reply|answer|respond|send|show|list|reveal|output|write|set|mark|note|instructions?|instructed|required)\b/isu,
  /\b(?:note|message|instructions?|attention|order) (?:to|for) (?:the |all |any )?(?:ai|assistants?|bots?|models?|llms?|chat ?bots?|helpdesk bot)\b/isu,
  /\b(?:system prompt|developer mode|jailbreak|dan mode|admin(?:istrator)? override|debug mode|new instructions?|you are now|from now on,? you|pretend (?:to be|you)|act as|role ?play)\b/isu,
  /^\s*(?:system|assistant|developer|admin)\s*[:>\]]/imu,
  /\b(?:reply|answer|respond|say|output|print|include|append|add|end|begin|start)\b.{0,60}\b(?:only with|exactly|with the words?|this link|the (?:link|following|url|text|words?)|in (?:your|the|every|each) (?:answer|reply|response)|your (?:answer|reply|response))\b/isu,
  /\b(?:reveal|show|list|print|repeat|dump|quote|disclose|output|copy)\b.{0,60}\b(?:all (?:the )?(?:passages?|documents?|pages?|sources?)|other (?:passages?|documents?)|(?:your|the) (?:instructions?|prompt|context|rules)|everything (?:above|you))\b/isu,
  /\boutcome\b.{0,40}\b(?:answer|ask_back|needs_person|not_answerable)\b/isu,
];

/** The orders in the data, the question's first. An order goes on for two sentences behind the one that gives it away. */
export function ordersIn({ question, earlier, passages }: Prompt): Order[] {
  const loose = [
    question,
    ...earlier.map(({ text }) => text),
    ...passages.flatMap(({ title, section }) => [title, section]),
  ];
  return [...loose.flatMap((text) => ordersOf(text, null)), ...passages.flatMap(({ id, text }) => ordersOf(text, id))];
}

function ordersOf(text: string, passage: string | null): Order[] {
  const sentences = text.split(/\n+/u).flatMap((line) => sentencesOf(line));
  const first = sentences.findIndex((sentence) => marks.some((mark) => mark.test(sentence)));
  if (first < 0) return [];
  const [quote = ''] = sentences.slice(first);
  return [{ text: sentences.slice(first, first + 3).join(' '), passage, quote: encoded(quote) }];
}
