import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useId, useRef } from 'react'
import icon from '../design/icon.svg'
import { Confirmation } from './parts/confirmation'
import { signOut, useSignedIn } from './session'

const PAGES = [
  ['/', 'Overview'], ['/quote', 'Quote'], ['/keys', 'API keys'], ['/activity', 'Activity'], ['/requests', 'Requests'], ['/credit', 'Credits'],
  ['/organisation', 'Organisation'], ['/alerts', 'Alerts'], ['/account', 'Account'],
] as const

/** What stands around every page. */
export function Frame() {
  const { session, account, choose } = useSignedIn()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const select = useId()
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    const name = PAGES.find(([to]) => to !== '/' && path.startsWith(to))?.[1] ?? 'Overview'
    document.title = `${name} · gogogoapi`
    // As a new document would be read: from its beginning.
    if (!first.current) main.current?.focus()
    first.current = false
  }, [path])
  return (
    <>
      <Confirmation />
      <a className="skip" href="#main">To the page</a>
      <header className="top">
        <a className="brand" href="/"><img src={icon} alt="" width="24" height="24" />gogogoapi</a>
        {(session.accounts?.length ?? 0) > 1 && (
          <span>
            <label className="hint" htmlFor={select}>Account </label>
            <select id={select} value={account.account_id} onChange={(event) => choose(event.target.value)}>
              {session.accounts?.map((one) => <option key={one.account_id} value={one.account_id}>{one.name}</option>)}
            </select>
          </span>
        )}
        <nav aria-label="Site"><a href="/pricing">Pricing</a><a href="/docs">Documentation</a></nav>
        <button onClick={signOut}>Sign out</button>
      </header>
      <div className="frame">
        <nav className="side" aria-label="Dashboard">
          {PAGES.map(([to, name]) => (
            <Link key={to} to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>{name}</Link>
          ))}
        </nav>
        <main id="main" ref={main} tabIndex={-1}><Outlet /></main>
      </div>
    </>
  )
}
