/** Whether anything is made to fail. */
export function isDisturbed({ faults, copies, webhooks = 'once', model = null }) {
  const isVendorFailing = Object.values(faults).some((fault) => fault !== 'none');
  return isVendorFailing || copies > 1 || webhooks !== 'once' || isMisled(model);
}

function isMisled(model) {
  return model !== null && (model.fault !== 'none' || model.mode !== 'good' || model.every > 0);
}
