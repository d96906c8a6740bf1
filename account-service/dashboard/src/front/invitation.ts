// Accepts the invitation whose token stands behind the number sign; signing in is another matter, which the mail's reader does.
import type { components } from '../dashboard/api/schema'

type Accepted = components['schemas']['Member'] & { account_name: string }

const form = document.querySelector('form')!
const said = document.querySelector('[role=status]')!

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const name = String(new FormData(form).get('name') ?? '').trim()
  void accept(name ? { token: location.hash.slice(1), name } : { token: location.hash.slice(1) })
})

async function accept(body: { token: string; name?: string }) {
  const answer = await fetch('/api/v1/invitations/acceptance', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  }).catch(() => undefined)
  const told = await answer?.json().catch(() => undefined)
  if (answer?.ok) {
    const { account_name: account, role, email } = told as Accepted
    form.remove()
    say(`You are a member of ${account} as ${role}. Sign in as ${email}:`, 'note')
    const link = said.appendChild(document.createElement('a'))
    link.href = '/sign-in'
    link.textContent = 'Sign in'
    history.replaceState(null, '', location.pathname)
  } else {
    say(told?.error?.message ?? 'No answer came. Try again.', 'wrong')
  }
}

function say(text: string, className: string) {
  const line = document.createElement('p')
  line.textContent = text
  line.className = className
  said.replaceChildren(line)
}
