import { createRootRoute, createRoute, createRouter, Link } from '@tanstack/react-router'
import { Frame } from './frame'
import { AccountPage } from './pages/account'
import { AccountsPage } from './pages/accounts'
import { DEPOSIT_STATES, DepositsPage, type DepositState } from './pages/deposits'
import { OperatorsPage } from './pages/operators'
import { ORDER_STATES, OrdersPage, type OrderState } from './pages/orders'
import { OverviewPage } from './pages/overview'
import { ParkedPage } from './pages/parked'
import { PricePage } from './pages/price'
import { PricesPage } from './pages/prices'
import { TrailPage } from './pages/trail'
import { UpstreamsPage } from './pages/upstreams'

const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => <><h1>There is no such page</h1><p><Link to="/">To the overview</Link></p></>,
})

/** What of an address counts: text and nothing else, since anybody can write an address. */
function text(search: Record<string, unknown>, name: string) {
  const value = search[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 100) : ''
}

const overview = createRoute({ getParentRoute: () => root, path: '/', component: OverviewPage })
const accounts = createRoute({
  getParentRoute: () => root, path: '/accounts', component: AccountsPage,
  validateSearch: (search: Record<string, unknown>): { search?: string } => ({ search: text(search, 'search') || undefined }),
})
const account = createRoute({ getParentRoute: () => root, path: '/accounts/$account', component: AccountPage })
const orders = createRoute({
  getParentRoute: () => root, path: '/orders', component: OrdersPage,
  validateSearch: (search: Record<string, unknown>): { status?: OrderState } => ({ status: ORDER_STATES.find((state) => state === search.status) }),
})
const prices = createRoute({ getParentRoute: () => root, path: '/prices', component: PricesPage })
const price = createRoute({ getParentRoute: () => root, path: '/prices/$model', component: PricePage })
const deposits = createRoute({
  getParentRoute: () => root, path: '/deposits', component: DepositsPage,
  validateSearch: (search: Record<string, unknown>): { state?: DepositState; account?: string } => ({
    state: DEPOSIT_STATES.find((state) => state === search.state), account: text(search, 'account') || undefined,
  }),
})
const parked = createRoute({ getParentRoute: () => root, path: '/parked', component: ParkedPage })
const upstreams = createRoute({ getParentRoute: () => root, path: '/upstreams', component: UpstreamsPage })
const trail = createRoute({
  getParentRoute: () => root, path: '/trail', component: TrailPage,
  validateSearch: (search: Record<string, unknown>): { account?: string } => ({ account: text(search, 'account') || undefined }),
})
const operators = createRoute({ getParentRoute: () => root, path: '/operators', component: OperatorsPage })

export const router = createRouter({
  routeTree: root.addChildren([overview, accounts, account, orders, prices, price, deposits, parked, upstreams, trail, operators]),
  basepath: '/operator',
})

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
