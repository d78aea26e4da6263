/** Whether anything is made to fail. */
export function isDisturbed({ faults, copies, webhooks = 'once' }) {
  return Object.values(faults).some((fault) => fault !== 'none') || copies > 1 || webhooks !== 'once';
}
