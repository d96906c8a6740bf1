import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import icon from '../design/icon.svg'
import type { Role } from './api'
import { useOperator, useSignOut } from './session'

/** Who finds what there; whoever opens another page by its address is told by the server. */
const PAGES: readonly (readonly [string, string, ...Role[]])[] = [
  ['/', 'Overview', 'support', 'prices', 'treasury', 'auditor'],
  ['/accounts', 'Accounts', 'support', 'treasury', 'auditor'],
  ['/orders', 'Orders', 'treasury', 'auditor'],
  ['/prices', 'Prices', 'prices', 'auditor'],
  ['/deposits', 'Deposits', 'support', 'treasury', 'auditor'],
  ['/parked', 'Parked accounts', 'support', 'treasury', 'auditor'],
  ['/upstreams', 'Upstream', 'support', 'prices', 'treasury', 'auditor'],
  ['/trail', 'Audit trail', 'auditor'],
  ['/operators', 'Operators', 'auditor'],
]

/** What stands around every page. */
export function Frame() {
  const operator = useOperator()
  const signOut = useSignOut()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    const name = PAGES.find(([to]) => to !== '/' && path.startsWith(to))?.[1] ?? 'Overview'
    document.title = `${name} · Operators · gogogoapi`
    // As a new document would be read: from its beginning.
    if (!first.current) main.current?.focus()
    first.current = false
  }, [path])
  return (
    <>
      <a className="skip" href="#main">To the page</a>
      <header className="top">
        <Link className="brand" to="/"><img src={icon} alt="" width="24" height="24" />gogogoapi operators</Link>
        <span>{operator.name}</span>
        <button disabled={signOut.isPending} onClick={() => signOut.mutate()}>Sign out</button>
      </header>
      <div className="frame">
        <nav className="side" aria-label="Operators">
          {PAGES.filter(([, , ...roles]) => operator.has(...roles)).map(([to, name]) => (
            <Link key={to} to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>{name}</Link>
          ))}
        </nav>
        <main id="main" ref={main} tabIndex={-1}><Outlet /></main>
      </div>
    </>
  )
}
