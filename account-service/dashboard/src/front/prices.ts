// What the front page has without this: a link to the prices, the usual models, and an address of this machine.
import type { components } from '../dashboard/api/schema'

type Price = components['schemas']['RoutePrice']

for (const place of document.querySelectorAll('[data-origin]')) place.textContent = location.origin

const answer = await fetch('/api/v1/pricing').catch(() => undefined)
if (answer?.ok) {
  const { data } = (await answer.json()) as { data: Price[] }
  if (data.length > 0) show(data)
}

function show(prices: Price[]) {
  const table = element('table', '', 'cards')
  const head = table.appendChild(document.createElement('thead')).appendChild(document.createElement('tr'))
  for (const name of ['Model', 'Input', 'Cached input', 'Output']) head.append(element('th', name, name === 'Model' ? '' : 'number'))
  const body = table.appendChild(document.createElement('tbody'))
  for (const price of prices) {
    const row = body.appendChild(document.createElement('tr'))
    row.append(
      cell('Model', price.model),
      cell('Input', `$${price.input_usd_per_million}`),
      cell('Cached input', `$${price.cached_input_usd_per_million}`),
      cell('Output', `$${price.output_usd_per_million}`))
  }
  document.querySelector('[data-prices]')?.replaceChildren(table, element('p', 'In US dollars for one million tokens.', 'hint'))
  document.querySelector('#model')?.replaceChildren(...prices.map((price) => element('option', price.model, '')))
}

function cell(label: string, text: string) {
  const made = element('td', text, label === 'Model' ? '' : 'number')
  made.dataset.label = label
  return made
}

function element(name: string, text: string, className: string) {
  const made = document.createElement(name)
  made.textContent = text
  if (className) made.className = className
  return made
}
