import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useId } from 'react'
import { told, type Schemas } from '../../dashboard/api/client'
import { dollars } from '../../dashboard/api/money'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { api } from '../api'
import { Act, textOf, Why } from '../parts/act'
import { Pages, usePages } from '../parts/pages'
import { orders, ordersPath, type OrderState } from '../queries'
import { useOperator } from '../session'

export type { OrderState }
export const ORDER_STATES: OrderState[] = ['pending', 'approved', 'executed', 'refused', 'rejected', 'expired']

/** What one operator ordered and another one has to approve, and what became of it. */
export function OrdersPage() {
  const { status } = useSearch({ from: '/orders' })
  const navigate = useNavigate()
  const pages = usePages()
  const answer = useQuery(orders(status, pages.cursor))
  const state = useId()
  return (
    <>
      <h1>Orders</h1>
      <p>A grant, correction or transfer above what one operator gives alone waits here for a second one. Only then does the ledger hear of it.</p>
      <div className="field"><label htmlFor={state}>State</label>
        <select id={state} value={status ?? ''} onChange={(event) => { pages.first(); void navigate({ to: '/orders', search: { status: (event.target.value || undefined) as OrderState | undefined } }) }}>
          <option value="">any</option>{ORDER_STATES.map((one) => <option key={one}>{one}</option>)}
        </select></div>
      <section className="panel" aria-label="Orders">
        <Shown of={answer}>{({ data, next_cursor: next }) => data.length === 0
          ? <Empty title={status ? `No order is ${status}` : 'No order needed a second operator yet'} />
          : (
            <>
              <p><Source path={ordersPath(status, pages.cursor)} data={answer.data} /></p>
              {data.map((one) => <Order key={one.order_id} of={one} />)}
              <Pages of={pages} next={next} />
            </>
          )}</Shown>
      </section>
    </>
  )
}

function Order({ of }: { of: Schemas['Order'] }) {
  const operator = useOperator()
  const isOwn = of.ordered_by === operator.name
  const isOpen = of.status === 'pending'
  return (
    <section className="panel" aria-label={`${of.kind} ${of.order_id}`}>
      <header><h2>{of.kind[0]?.toUpperCase()}{of.kind.slice(1)} of {dollars(of.amount_usd)}</h2><span className={of.status === 'executed' ? 'tag good' : ['refused', 'rejected', 'expired'].includes(of.status) ? 'tag bad' : 'tag'}>{of.status}</span></header>
      <p><Link to="/accounts/$account" params={{ account: of.account_id }}>{of.account_id}</Link>{of.to && <> to <Link to="/accounts/$account" params={{ account: of.to }}>{of.to}</Link></>}, reference {of.reference}: {of.reason}</p>
      <p className="hint">Ordered by {of.ordered_by} from {of.ordered_from} at {at(of.ordered_at)}{isOpen && `; open until ${at(of.expires_at)}`}.
        {of.approved_by && ` Approved by ${of.approved_by} at ${at(of.approved_at)}.`}{of.rejected_by && ` Rejected by ${of.rejected_by} at ${at(of.rejected_at)}.`}{of.answer && ` ${of.answer}`}</p>
      {isOpen && operator.has('treasury') && (
        <div className="actions">
          {isOwn ? <span className="hint">It is your own: another operator has to approve it.</span> : <Approve of={of} />}
          <Reject of={of} />
        </div>
      )}
    </section>
  )
}

function useChanged() {
  const client = useQueryClient()
  return () => Promise.all([client.invalidateQueries({ queryKey: ['orders'] }), client.invalidateQueries({ queryKey: ['account'] })])
}

function Approve({ of }: { of: Schemas['Order'] }) {
  const approve = useMutation({ mutationFn: () => told(api.POST('/operator/orders/{order}/approval', { params: { path: { order: of.order_id } }, body: {} as never })), onSuccess: useChanged() })
  return (
    <Act name="Approve" title={`Approve the ${of.kind} of ${dollars(of.amount_usd)}`} primary busy={approve.isPending} error={approve.error} reset={approve.reset} act={() => approve.mutateAsync()}>
      <p>The ledger is asked for it at once, with {of.ordered_by}’s name and yours, signed.</p>
    </Act>
  )
}

function Reject({ of }: { of: Schemas['Order'] }) {
  const reject = useMutation({
    mutationFn: (form: FormData) => told(api.POST('/operator/orders/{order}/rejection', { params: { path: { order: of.order_id } }, body: { reason: textOf(form, 'reason') } })),
    onSuccess: useChanged(),
  })
  return (
    <Act name="Reject" title={`Reject the ${of.kind} of ${dollars(of.amount_usd)}`} danger busy={reject.isPending} error={reject.error} reset={reject.reset} act={reject.mutateAsync}>
      <p>For good: its reference is used up.</p><Why />
    </Act>
  )
}
