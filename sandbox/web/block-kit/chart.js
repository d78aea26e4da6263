import { html } from '../view.js';

/**
 * A chart in figures: what Slack draws as pie, bars, area or line stands here as a table with a bar for each figure.
 * https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
export function Chart({ block }) {
  const { labels, series } = seriesOf(block.chart ?? {});
  const most = Math.max(...series.flatMap(({ values }) => values.map(Math.abs)), Number.MIN_VALUE);
  return html`
    <figure class="kit-chart">
      <figcaption>${block.title}</figcaption>
      <div class="table-frame" tabindex="0" role="region" aria-label=${block.title}>
        <table>
          ${
            series.length > 1 &&
            html`<thead>
              <tr><td></td>${series.map(({ name }) => html`<th scope="col" key=${name}>${name}</th>`)}</tr>
            </thead>`
          }
          <tbody>
            ${labels.map(
              (label, index) => html`
                <tr key=${label}>
                  <th scope="row">${label}</th>
                  ${series.map(({ name, values }) => html`<td key=${name}><${Bar} value=${values[index]} most=${most} /></td>`)}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    </figure>
  `;
}

function Bar({ value, most }) {
  if (value === undefined) return null;
  return html`
    <span class="kit-bar">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect width=${(Math.abs(value) / most) * 100} height="10" rx="1" />
      </svg>
      ${value.toLocaleString()}
    </span>
  `;
}

/** Every kind of chart as labels and rows of figures. */
function seriesOf({ segments, series = [], axis_config: axis }) {
  if (Array.isArray(segments)) {
    return {
      labels: segments.map(({ label }) => label),
      series: [{ name: '', values: segments.map(({ value }) => value) }],
    };
  }
  const labels = axis?.categories ?? series[0]?.data?.map(({ label }) => label) ?? [];
  const valueAt = (data, label) => data?.find((point) => point.label === label)?.value;
  return {
    labels,
    series: series.map(({ name, data }) => ({ name, values: labels.map((label) => valueAt(data, label)) })),
  };
}
