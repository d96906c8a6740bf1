// What the page has without this: the form for a link. With it, and a browser that has passkeys, their button.
import { passkeysThere, signByPasskey } from '../passkeys'

const place = document.querySelector<HTMLElement>('[data-passkey]')!
const button = place.querySelector('button')!
const said = place.querySelector('[role=status]')!

if (passkeysThere) {
  place.hidden = false
  button.addEventListener('click', () => void signIn())
}

async function signIn() {
  button.disabled = true
  said.textContent = ''
  said.className = ''
  try {
    const { public_key: options } = await post('/session/options', {})
    await post('/session', { credential: await signByPasskey(options) })
    location.assign('/dashboard')
  } catch (error) {
    said.className = 'wrong'
    said.textContent = error instanceof Error ? error.message : String(error)
    button.disabled = false
  }
}

async function post(path: string, body: unknown) {
  const answer = await fetch('/api/v1' + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  const told = await answer.json().catch(() => undefined)
  if (!answer.ok) throw new Error(told?.error?.message ?? `The answer has status ${answer.status}.`)
  return told
}
