const steps = {
  ArrowDown: (cards, at) => cards[at + 1],
  ArrowUp: (cards, at) => cards[at - 1],
  Home: (cards) => cards[0],
  End: (cards) => cards.at(-1),
};

/** The arrow keys go from card to card: up and down in a column, left and right to the next column that has one. */
export function nextCard(event) {
  const card = event.target.closest('.card');
  if (card === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const next = event.key in steps ? besideInColumn(card, event.key) : besideInRow(card, event.key);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function besideInColumn(card, key) {
  const cards = cardsOf(card.closest('.column'));
  return steps[key](cards, cards.indexOf(card));
}

function besideInRow(card, key) {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const columns = [...card.closest('.board-columns').children];
  const at = columns.indexOf(card.closest('.column'));
  const others = key === 'ArrowRight' ? columns.slice(at + 1) : columns.slice(0, at).reverse();
  const cards = others.map(cardsOf).find((found) => found.length > 0);
  return cards?.find((found) => found.tabIndex === 0) ?? cards?.[0];
}

function cardsOf(column) {
  return [...column.querySelectorAll('.card')];
}
