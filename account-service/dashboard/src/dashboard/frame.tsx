import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useId, useRef } from 'react'
import icon from '../design/icon.svg'
import { follow, useLive } from './api/live'
import { askAnew } from './api/queries'
import { Confirmation } from './parts/confirmation'
import { signOut, useSignedIn } from './session'

const PAGES = [
  ['/', 'Overview'], ['/quote', 'Try & quote'], ['/keys', 'API keys'], ['/activity', 'Activity'], ['/requests', 'Requests'], ['/credit', 'Credits'], ['/top-up', 'Top up'],
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
        <Following />
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

/** At most so often, however much happens. */
const ASK_EVERY_MILLIS = 400

/** Follows the account's events while there is a page, and says whether it does. */
function Following() {
  const client = useQueryClient()
  const { on } = useLive()
  useEffect(() => {
    let newest: number | undefined
    let isNews = false
    let isAsking = false
    const ask = async () => {
      while (newest !== undefined) {
        const [sequence, wasNews] = [newest, isNews]
        newest = undefined
        isNews = false
        await askAnew(client, sequence, wasNews)
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MILLIS))
      }
      isAsking = false
    }
    return follow((sequence, isOther) => {
      newest = Math.max(newest ?? 0, sequence)
      isNews ||= isOther
      if (!isAsking) { isAsking = true; void ask() }
    })
  }, [client])
  return <span className={on ? 'tag good' : 'tag'} title={on ? 'What the ledger decides is shown as it does' : 'Asked for every few seconds'}>{on ? 'live' : 'not live'}</span>
}
