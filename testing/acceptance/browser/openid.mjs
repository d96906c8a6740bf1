// Signs in with a real OpenID provider, and tries what must not work.
// node openid.mjs BASE_URL CHROMIUM — reads addresses as JSON from stdin; writes what it found, as JSON, to stdout.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [baseUrl, executablePath] = process.argv.slice(2)
const { known, newcomer, late, unverified } = JSON.parse(readFileSync(0, 'utf8'))
const CALLBACK = '/sign-in/provider/callback'

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
const found = {}

found.known = await signIn(known)
found.newcomer = await signIn(newcomer)
found.late = await signIn(late)
found.unverified = await signIn(unverified)
found.cancelled = await within(async (page) => {
  await goThere(page)
  await page.getByText('Cancel').click()
  return told(page)
})

// What came back is opened by another browser, with another code, and again.
const mine = await visitor()
const others = await visitor()
found.anotherBrowser = await others.opens(mine.callback)
const guessing = await visitor()
found.anotherCode = await guessing.opens(guessing.callback.replace(/code=[^&]+/, 'code=none'))
const state = mine.cookies.get('__Host-gogogoapi-state')
found.first = await mine.opens(mine.callback)
mine.cookies.set('__Host-gogogoapi-state', state)
found.again = await mine.opens(mine.callback)
await browser.close()
console.log(JSON.stringify(found))

async function within(what) {
  const context = await browser.newContext()
  try {
    return await what(await context.newPage())
  } finally {
    await context.close()
  }
}

async function goThere(page) {
  await page.goto(`${baseUrl}/sign-in?next=https://example.com/`)
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click()
  await page.locator('input[name=login]').waitFor()
}

async function showWho(page, email) {
  await goThere(page)
  await page.locator('input[name=login]').fill(email)
  await page.locator('input[name=password]').fill('anything')
  await page.locator('button[type=submit]').click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function signIn(email) {
  return within(async (page) => {
    await showWho(page, email)
    return told(page)
  })
}

/** Somebody without a browser, who has been at the provider and not yet back. */
async function visitor() {
  const cookies = new Map()
  const ask = async (address, form) => {
    const answer = await fetch(address, {
      method: form ? 'POST' : 'GET', redirect: 'manual', body: form && new URLSearchParams(form),
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return answer
  }
  const forms = [{ prompt: 'login', login: known, password: 'anything' }, { prompt: 'consent' }]
  let address = `${baseUrl}/sign-in/provider`
  let answer = await ask(address)
  while (!address.startsWith(baseUrl + CALLBACK)) {
    const location = answer.headers.get('location')
    if (location) address = new URL(location, address).href
    if (address.startsWith(baseUrl + CALLBACK)) break
    // A page of the provider's is answered by its form.
    answer = location ? await ask(address) : await ask(address, forms.shift())
  }
  return {
    cookies,
    callback: address,
    async opens(at) {
      const seen = await ask(at)
      return { status: seen.status, heading: /<h1>([^<]*)/.exec(await seen.text())?.[1] ?? '', signedIn: seen.headers.getSetCookie().some((one) => one.startsWith('__Host-gogogoapi=se-')) }
    },
  }
}

async function told(page) {
  await page.waitForURL((url) => String(url).startsWith(baseUrl))
  await page.locator('h1').first().waitFor()
  const cookies = await page.context().cookies(baseUrl)
  return {
    url: page.url().replace(/\?.*/, ''),
    heading: await page.locator('h1').first().innerText(),
    signedIn: cookies.some((one) => one.name === '__Host-gogogoapi'),
    states: cookies.filter((one) => one.name === '__Host-gogogoapi-state').length,
  }
}
