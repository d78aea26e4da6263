import { isEmpty } from './entered.js';

/**
 * What is wrong with what was entered, by block_id: what Slack's client checks by itself before a modal is sent.
 * https://docs.slack.dev/reference/block-kit/blocks/input-block
 *
 * @param valueOf (block, element) to what the element holds
 */
export function problemsOf(blocks, valueOf) {
  const problems = {};
  for (const block of blocks) {
    if (block?.type !== 'input' || block.element === undefined) continue;
    const problem = problemOf(block, valueOf(block, block.element));
    if (problem !== null) problems[block.block_id] = problem;
  }
  return problems;
}

/** Files cannot be chosen here, so that they are not asked for either. */
function problemOf({ element, optional }, value) {
  if (element.type === 'file_input') return null;
  if (isEmpty(value)) return optional === true ? null : 'Please complete this required field.';
  const check = Object.hasOwn(checks, element.type) ? checks[element.type] : null;
  return check?.(element, value) ?? null;
}

const checks = {
  plain_text_input: ({ min_length: min, max_length: max }, value) => {
    if (min !== undefined && value.length < min) return `Please enter at least ${characters(min)}.`;
    if (max !== undefined && value.length > max) return `Please enter no more than ${characters(max)}.`;
    return null;
  },
  number_input: numberProblem,
  email_text_input: (_, value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value.trim()) ? null : 'Please enter a valid email address.',
  url_text_input: (_, value) => (isWebAddress(value.trim()) ? null : 'Please enter a valid URL, with https://.'),
};

function numberProblem({ is_decimal_allowed: isDecimal, min_value: min, max_value: max }, value) {
  const words = value.trim();
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(words)) return 'Please enter a number.';
  if (isDecimal !== true && !/^-?\d+$/.test(words)) return 'Please enter a whole number.';
  if (min !== undefined && Number(words) < Number(min)) return `Please enter a number of at least ${min}.`;
  if (max !== undefined && Number(words) > Number(max)) return `Please enter a number of at most ${max}.`;
  return null;
}

function isWebAddress(value) {
  return /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value);
}

function characters(count) {
  return count === 1 ? '1 character' : `${count} characters`;
}
