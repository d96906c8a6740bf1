// Asks a public route of each service, as anybody can.
const PARTS: [string, string][] = [
  ['Prices', '/api/v1/pricing'],
  ['Quotes', '/api/v1/quote/accuracy'],
  ['The ledger', '/api/v1/ledger/keys'],
  ['Signing in and the dashboard', '/api/v1/session'],
]
const PATIENCE_MILLIS = 5_000

const list = document.createElement('table')
const rows = list.appendChild(document.createElement('tbody'))
const answers = await Promise.all(PARTS.map(([, path]) => ask(path)))
PARTS.forEach(([name, path], place) => {
  const row = rows.appendChild(document.createElement('tr'))
  const first = row.appendChild(document.createElement('td'))
  const link = first.appendChild(document.createElement('a'))
  link.href = path
  link.textContent = name
  const tag = row.appendChild(document.createElement('td')).appendChild(document.createElement('span'))
  const answer = answers[place]!
  tag.className = answer.works ? 'tag good' : 'tag bad'
  tag.textContent = answer.works ? `works, ${answer.millis} ms` : 'does not answer'
})
const words = document.createElement('p')
words.textContent = answers.every((answer) => answer.works) ? 'Everything answers.' : 'Not everything answers.'
document.querySelector('[data-status]')?.replaceChildren(words, list)

async function ask(path: string) {
  const started = performance.now()
  const answer = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MILLIS) }).catch(() => undefined)
  return { works: answer?.ok === true, millis: Math.round(performance.now() - started) }
}

export {}
