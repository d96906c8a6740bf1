import { createRootRoute, createRoute, createRouter, Link } from '@tanstack/react-router'
import { Frame } from './frame'
import { ActivityPage, type ActivityView } from './pages/activity'
import { AccountPage } from './pages/account'
import { AlertsPage } from './pages/alerts'
import { CreditPage } from './pages/credit'
import { KeyPage } from './pages/key'
import { KeysPage } from './pages/keys'
import { OrganisationPage } from './pages/organisation'
import { OverviewPage } from './pages/overview'
import { RequestPage } from './pages/request'
import { QuotePage } from './pages/quote'
import { RequestsPage } from './pages/requests'
import { TopUpPage } from './pages/topup'
import type { RequestFilter } from './api/queries'

const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => <><h1>There is no such page</h1><p><Link to="/">To the overview</Link></p></>,
})

const FILTERS = ['model', 'key', 'member', 'tag', 'rule', 'from', 'to', 'q', 'cursor'] as const

const VIEW = ['by', 'then', 'from', 'to'] as const

/** What of an address counts: text and nothing else, since anybody can write an address. */
function texts(search: Record<string, unknown>, names: readonly string[]) {
  return Object.fromEntries(names
    .map((name) => [name, search[name]] as const)
    .filter(([, value]) => (typeof value === 'string' || typeof value === 'number') && value !== '')
    .map(([name, value]) => [name, String(value)]))
}

const filterOf = (search: Record<string, unknown>): RequestFilter => texts(search, FILTERS)
const viewOf = (search: Record<string, unknown>): ActivityView => texts(search, VIEW)

const overview = createRoute({ getParentRoute: () => root, path: '/', component: OverviewPage })
const keys = createRoute({ getParentRoute: () => root, path: '/keys', component: KeysPage })
const key = createRoute({ getParentRoute: () => root, path: '/keys/$keyId', component: KeyPage })
const requests = createRoute({ getParentRoute: () => root, path: '/requests', component: RequestsPage, validateSearch: filterOf })
const request = createRoute({ getParentRoute: () => root, path: '/requests/$requestId', component: RequestPage })
const quote = createRoute({ getParentRoute: () => root, path: '/quote', component: QuotePage })
const credit = createRoute({ getParentRoute: () => root, path: '/credit', component: CreditPage })
const topUp = createRoute({ getParentRoute: () => root, path: '/top-up', component: TopUpPage })
const activity = createRoute({ getParentRoute: () => root, path: '/activity', component: ActivityPage, validateSearch: viewOf })
const organisation = createRoute({ getParentRoute: () => root, path: '/organisation', component: OrganisationPage })
const alerts = createRoute({ getParentRoute: () => root, path: '/alerts', component: AlertsPage })
const account = createRoute({ getParentRoute: () => root, path: '/account', component: AccountPage })

export const router = createRouter({
  routeTree: root.addChildren([overview, keys, key, requests, request, quote, activity, credit, topUp, organisation, alerts, account]),
  basepath: '/dashboard',
})

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
