// Writes the documentation as pages: the guides of docs/, and the reference of docs/openapi.yaml. They need no script.
// node docs.js — of the folder that has OPENAPI_DOCUMENT, into this one.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Marked } from 'marked'
import { parse } from 'yaml'

const document = process.env.OPENAPI_DOCUMENT ?? '../../docs/openapi.yaml'
const folder = dirname(document)
const guides = { clients: 'Set up a client', quotes: 'Quotes', outcomes: 'Outcomes', usage: 'What was used', alerts: 'Alerts', audit: 'Audit' }
const methods = ['get', 'post', 'put', 'patch', 'delete']

const escaped = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const slug = (text) => text.toLowerCase().replace(/<[^>]*>/g, '').replace(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-')

for (const [name, title] of Object.entries(guides)) write(`docs-${name}`, title, guide(readFileSync(join(folder, `${name}.md`), 'utf8')))
write('docs', 'Documentation', reference(parse(readFileSync(document, 'utf8'), { maxAliasCount: -1 })))

/** Links lead to pages that there are; what only the repository has is text here. */
function guide(markdown) {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const html = this.parser.parseInline(tokens)
        return `<h${depth} id="${slug(html)}">${html}</h${depth}>\n`
      },
      link({ href, tokens }) {
        const html = this.parser.parseInline(tokens)
        const [file, hash] = href.split('#')
        if (/^https?:/.test(href) || (!file && hash)) return `<a href="${escaped(href)}">${html}</a>`
        const other = file.replace(/\.md$/, '')
        if (other === 'openapi.yaml') return `<a href="/docs">${html}</a>`
        return guides[other] ? `<a href="/docs/${other}${hash ? `#${escaped(hash)}` : ''}">${html}</a>` : html
      },
      image: () => '',
      code({ text }) { return `<pre tabindex="0">${escaped(text)}</pre>\n` },
      html: ({ text }) => escaped(text),
    },
  })
  let tables = 0
  return marked.parse(markdown)
    .replaceAll('<table>', () => `<div class="wide" tabindex="0" role="region" aria-label="Table ${++tables}"><table>`)
    .replaceAll('</table>', '</table></div>')
    .replaceAll('<th></th>', '<td></td>')
}

function reference(api) {
  const routes = Object.entries({ ...api.paths, ...api['x-beta'] }).flatMap(([path, item]) => methods
    .filter((method) => item[method])
    .map((method) => ({ path, method, of: item[method], parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])] })))
  const [operators, customers] = [true, false].map((theirs) => routes.filter(({ path }) => path.startsWith('/operator') === theirs))
  return `<h1>Documentation</h1>
<h2 id="guides">Guides</h2>
<ul>${Object.entries(guides).map(([name, title]) => `<li><a href="/docs/${name}">${title}</a></li>`).join('')}</ul>
<h2 id="reference">Reference</h2>
<p>${escaped(api.info.description)}</p>
<p>For tools: <a href="/openapi.yaml">openapi.yaml</a>.</p>
<h2 id="routes">For customers</h2>
${customers.map((route) => one(api, route)).join('\n')}
<h2 id="operators">For operators</h2>
${operators.map((route) => one(api, route)).join('\n')}`
}

function one(api, { path, method, of, parameters }) {
  const id = slug(`${method}-${path.replaceAll('/', '-')}`)
  const rows = parameters.map((parameter) => resolved(api, parameter)).map((parameter) =>
    `<tr><td data-label="Parameter"><code>${escaped(parameter.name)}</code></td><td data-label="In">${escaped(parameter.in)}</td><td>${escaped(parameter.description ?? '')}</td></tr>`)
  return `<section class="panel" aria-labelledby="${id}"><h3 id="${id}"><span class="tag">${method.toUpperCase()}</span> <code>${escaped(path)}</code></h3>
<p>${escaped(of.summary ?? '')}.</p>
${of.description ? of.description.trim().split(/\n\n+/).map((text) => `<p>${escaped(text)}</p>`).join('\n') : ''}
<p class="hint">For ${escaped((of['x-roles'] ?? []).join(', ') || 'nobody')}.${of['x-step-up'] ? ' A browser’s session: within 15 minutes of its person showing who he is.' : ''}</p>
${rows.length > 0 ? `<table class="cards"><thead><tr><th>Parameter</th><th>In</th><th>What it is</th></tr></thead><tbody>${rows.join('')}</tbody></table>` : ''}</section>`
}

function resolved(api, node) {
  return node.$ref ? node.$ref.slice(2).split('/').reduce((part, name) => part[name], api) : node
}

function write(name, title, body) {
  writeFileSync(`${name}.html`, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · gogogoapi</title>
<link rel="icon" type="image/svg+xml" href="/src/design/icon.svg">
<link rel="stylesheet" href="/src/design/site.css">
</head>
<body>
<header class="top">
<a class="brand" href="/"><img src="/src/design/icon.svg" alt="" width="24" height="24">gogogoapi</a>
<nav aria-label="Site"><a href="/docs">Documentation</a><a href="/pricing">Pricing</a><a href="/sign-in">Sign in</a></nav>
</header>
<main class="text">
${body}
</main>
</body>
</html>
`)
}
