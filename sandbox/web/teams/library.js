/**
 * Microsoft's renderer. Its browser build has no module of its own: it is a script that leaves its name on the window.
 * https://learn.microsoft.com/adaptive-cards/sdk/rendering-cards/javascript/render-a-card
 */
let loading = null;

/** @returns the library, with the page's Markdown and link rules in it. @throws Error when it cannot be fetched */
export function loadLibrary() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load() {
  const [{ markdownToHtml }] = await Promise.all([import('./card-markdown.js'), addScript('/vendor/adaptivecards.js')]);
  const library = globalThis.AdaptiveCards;
  library.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownToHtml(text);
    result.didProcess = true;
  };
  library.GlobalSettings.setTabIndexAtCardRoot = false;
  // nothing is fetched from elsewhere
  library.GlobalRegistry.elements.unregister('Media');
  library.GlobalRegistry.elements.unregister('Carousel');
  return library;
}

function addScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = resolve;
    script.onerror = () => {
      script.remove();
      reject(new Error('Cards cannot be drawn: their library could not be loaded.'));
    };
    document.head.append(script);
  });
}
