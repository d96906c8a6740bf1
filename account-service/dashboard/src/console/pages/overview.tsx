import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Shown } from '../../dashboard/parts/states'
import { margins, orders, ordersPath, parked, upstreams } from '../queries'
import { useOperator } from '../session'

/** What waits for somebody, as far as it is this operator's business. */
export function OverviewPage() {
  const operator = useOperator()
  return (
    <>
      <h1>What waits</h1>
      <dl className="figures">
        {operator.has('treasury', 'auditor') && <PendingOrders />}
        {operator.has('support', 'treasury', 'auditor') && <Parked />}
        {operator.has('prices', 'auditor') && <Losing />}
        <Upstream />
      </dl>
    </>
  )
}

function Figure({ name, path, data, children }: { name: string; path: string; data: unknown; children: ReactNode }) {
  return <div className="figure"><dt>{name}</dt><dd>{children}</dd><dd className="hint">{data !== undefined && <Source path={path} data={data} />}</dd></div>
}

function PendingOrders() {
  const answer = useQuery(orders('pending'))
  return (
    <Figure name="Orders that wait for a second operator" path={ordersPath('pending')} data={answer.data}>
      <Shown of={answer}>{({ data, next_cursor: next }) => <Link to="/orders" search={{ status: 'pending' }}>{data.length}{next && ' and more'}</Link>}</Shown>
    </Figure>
  )
}

function Parked() {
  const answer = useQuery(parked)
  return (
    <Figure name="Parked accounts" path="/operator/parked" data={answer.data}>
      <Shown of={answer}>{({ data }) => <Link to="/parked">{data.length}</Link>}</Shown>
    </Figure>
  )
}

function Losing() {
  const answer = useQuery(margins)
  return (
    <Figure name="Routes below their cost within 7 days" path="/operator/margins" data={answer.data}>
      <Shown of={answer}>{({ data, as_of: asOf }) => <><Link to="/prices">{data.filter((one) => one.alarm).length} of {data.length}</Link><span className="hint"> at {at(asOf)}</span></>}</Shown>
    </Figure>
  )
}

function Upstream() {
  const answer = useQuery(upstreams)
  return (
    <Figure name="Models held off" path="/operator/upstreams" data={answer.data}>
      <Shown of={answer}>{({ data }) => <Link to="/upstreams">{data.filter((one) => one.circuit !== 'closed').length}</Link>}</Shown>
    </Figure>
  )
}
