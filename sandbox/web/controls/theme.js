// Not a module: it runs before the first paint, so that a chosen theme does not flash in late.
{
  const theme = localStorage.getItem('firstline.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}
