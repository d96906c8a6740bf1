// Looks at the price page as people do: on a phone and on a desktop, with scripts and without, in the dark and on paper.
// node pricing-page.mjs BASE_URL CHROMIUM FOLDER — writes screenshots to the folder and what it found, as JSON, to stdout.
import { chromium } from 'playwright-core'
import { judged, screens } from './looking.mjs'

const [baseUrl, executablePath, folder] = process.argv.slice(2)

const visits = []
for (const screen of Object.keys(screens)) {
  for (const scripts of [true, false]) visits.push({ screen, scripts, colorScheme: 'light' })
  visits.push({ screen, scripts: true, colorScheme: 'dark' })
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const found = []
for (const visit of visits) found.push(await look(visit))
// The judge itself is tried on a page that everybody would fault.
const bad = await (await browser.newContext()).newPage()
await bad.setContent('<img src="data:,"><p style="color:#ddd;background:#fff">pale</p>')
const control = await judged(bad)
await browser.close()
console.log(JSON.stringify({ visits: found, control }))

async function look({ screen, scripts, colorScheme }) {
  const context = await browser.newContext({
    viewport: screens[screen],
    javaScriptEnabled: scripts,
    colorScheme,
    isMobile: screen === 'phone',
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
  })
  const page = await context.newPage()
  const faults = []
  const foreign = []
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()) })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => { if (!request.url().startsWith(baseUrl + '/pricing')) foreign.push(request.url()) })

  const answer = await page.goto(baseUrl + '/pricing')
  const name = `${folder}/pricing-${screen}-${scripts ? 'scripts' : 'no-scripts'}-${colorScheme}`
  await page.screenshot({ path: `${name}.png`, fullPage: true })
  const seen = {
    visit: `${screen} ${scripts ? 'with' : 'without'} scripts, ${colorScheme}`,
    status: answer.status(),
    title: await page.locator('h1').innerText(),
    routes: await page.locator('section.route h2').allInnerTexts(),
    charts: await page.locator('svg.chart').count(),
    countdowns: await page.locator('.ahead .countdown').allInnerTexts(),
    readersTimes: await page.locator('.ahead .hint').count(),
    hours: await page.locator('tr th .hint').allInnerTexts(),
    overflow: await widerThanScreen(page),
    nowTableCut: await page.locator('.wide').first().evaluate((table) => table.scrollWidth - table.clientWidth),
  }
  if (scripts && seen.countdowns.length > 0) {
    // The page's policy forbids what Playwright's own waiting would evaluate in it; an observer is no such thing.
    await page.evaluate(() => new Promise((resolve) => new MutationObserver(resolve)
      .observe(document.querySelector('.ahead .countdown'), { childList: true, characterData: true, subtree: true })))
    seen.countdownRuns = true
  }
  seen.violations = await violations(page, scripts)

  await page.getByLabel('Model', { exact: true }).selectOption('deepseek-v4-flash')
  await page.getByLabel(/^Your prompt/).fill('Summarize this.')
  await page.getByLabel(/^Tokens you expect back/).fill('256')
  await page.getByRole('button', { name: 'Estimate' }).click()
  seen.estimate = await page.locator('.result').innerText()
  seen.kept = await page.getByLabel(/^Your prompt/).inputValue()
  await page.screenshot({ path: `${name}-estimate.png`, fullPage: true })
  seen.violations.push(...await violations(page, scripts))

  if (screen === 'desktop' && scripts && colorScheme === 'light') {
    await page.goto(baseUrl + '/pricing')
    await page.pdf({ path: `${folder}/pricing.pdf`, format: 'A4', printBackground: true })
    await page.emulateMedia({ media: 'print' })
    seen.formOnPaper = await page.locator('form').isVisible()
    await page.emulateMedia({ media: 'screen' })
  }
  if (scripts) {
    // The form's own checks stop a visitor before the server would; what is chosen behind its back is the server's to refuse.
    await page.evaluate(() => document.querySelector('#model').add(new Option('no-such-model', 'no-such-model', true, true)))
    await page.getByLabel(/^Your prompt/).fill('<script>alert(1)</script>')
    const [wrong] = await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === 'POST'),
      page.getByRole('button', { name: 'Estimate' }).click(),
    ])
    await page.locator('.error').waitFor()
    seen.refusedStatus = wrong.status()
    seen.refusal = await page.locator('.error').innerText()
    seen.markupStaysText = await page.getByLabel(/^Your prompt/).inputValue()
    faults.splice(0, faults.length, ...faults.filter((fault) => !/status of 404/.test(fault)))
  }
  await context.close()
  return { ...seen, faults, foreign }
}

function widerThanScreen(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** axe is a script itself; of a page without scripts it judges the same document with its own script taken out. */
async function violations(page, scripts) {
  if (scripts) return judged(page)
  const context = await browser.newContext({ viewport: page.viewportSize() })
  const copy = await context.newPage()
  await copy.setContent((await page.content()).replace(/<script>[^]*?<\/script>/g, ''))
  const found = await judged(copy)
  await context.close()
  return found
}
