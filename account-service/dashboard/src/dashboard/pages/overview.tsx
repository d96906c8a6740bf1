import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dollars, exact, parts, short, sum } from '../api/money'
import type { Schemas } from '../api/client'
import { useLive } from '../api/live'
import { activity, credits, creditsOfAll, keys, lastDays, requests } from '../api/queries'
import { isRunKey } from '../api/runkey'
import { at, day, daysBetween, zone } from '../api/time'
import { DayChart } from '../parts/daychart'
import { RequestTable } from '../parts/requesttable'
import { AsOf, ofShard, sequence } from '../parts/source'
import { Empty, Shown } from '../parts/states'
import { mayHaveKeys, mayTopUp, useSignedIn } from '../session'

const DAYS = 30
const RATE_DAYS = 7n

export function OverviewPage() {
  const { account } = useSignedIn()
  const range = lastDays(DAYS)
  const credit = useQuery(account.role === 'developer' ? creditsOfAll : credits)
  const spent = useQuery(activity('day', range))
  const recent = useQuery(requests({}, 10))
  const wrong = recent.data?.data.filter((one) => one.status === 'ended' && one.rule !== 'COMPLETED') ?? []
  const path = `/activity?group_by=day&zone=${encodeURIComponent(zone)}&from=${range.from}&to=${range.to}`
  return (
    <>
      <div className="title"><h1>{account.name}</h1><span className="tag">{account.role}</span></div>
      {mayTopUp(account.role) && credit.data && parts(credit.data.data.available_usd) === 0n && <FirstCredit />}
      {mayHaveKeys(account.role) && <FirstKey />}
      <Shown of={credit}>{({ data }) => (
        <>
          <dl className="figures">
            <div className="figure"><dt>Credit available</dt><dd><Link to="/credit" hash="statement">{dollars(data.available_usd)}</Link></dd>
              {mayTopUp(account.role) && <dd className="hint"><Link to="/top-up">Add credit</Link></dd>}</div>
            <div className="figure"><dt>Held now</dt><dd><a href="#flight">{dollars(data.held_usd)}</a></dd></div>
            {spent.data && <Spending amounts={spent.data.data} available={data.available_usd} />}
          </dl>
          <p><AsOf asOf={`${sequence(data.sequence)} (credit)`} path="/credits" data={credit.data} />{' '}
            {spent.data && <AsOf asOf={`${ofShard(spent.data.as_of)} (spending)`} path={path} data={spent.data} />}</p>
        </>
      )}</Shown>
      <section className="panel" aria-labelledby="spend">
        <header><h2 id="spend">Spend per day</h2>{spent.data && <AsOf asOf={ofShard(spent.data.as_of)} path={path} data={spent.data} />}</header>
        <Shown of={spent}>{({ data }) => data.length === 0
          ? <Empty title={`Nothing was spent in ${DAYS} days`} />
          : <DayChart what="Charged" days={daysBetween(range.from, range.to).map((one) => ({ day: one, usd: data.find((row) => row.day === one)?.charged_usd ?? '0.00' }))} />}</Shown>
      </section>
      <section className="panel" aria-labelledby="flight">
        <Shown of={recent}>{(page) => <Flight recent={page.data} />}</Shown>
      </section>
      <section className="panel" aria-labelledby="recent">
        <header><h2 id="recent">Latest requests</h2>{recent.data && <AsOf asOf={ofShard(recent.data.as_of)} path="/requests?limit=10" data={recent.data} />}</header>
        <Shown of={recent}>{({ data }) => data.length === 0
          ? <Empty title="No requests yet"><p><Link to="/keys">Create an API key</Link> and call a model with it, or <Link to="/quote">try one here</Link>.</p></Empty>
          : <><RequestTable of={data} />{wrong.length > 0 && <p className="hint">{wrong.length} of these ended otherwise than completed.</p>}<p><Link to="/requests">All requests</Link></p></>}</Shown>
      </section>
    </>
  )
}

/** What is held for and has not ended: as its events say it, and, of what began before, as the requests do. */
function Flight({ recent }: { recent: Schemas['Request'][] }) {
  const { flight, events } = useLive()
  const over = new Set(events.filter((event) => event.type !== 'hold').map((event) => event.request_id))
  const before = recent.filter((one) => one.status === 'held' && !over.has(one.id) && !flight.some((event) => event.request_id === one.id))
  const rows = [
    ...flight.map((event) => ({ id: event.request_id, at: event.at, model: event.model ?? '', held: event.amount_usd, sequence: event.sequence })),
    ...before.map((one) => ({ id: one.id, at: one.started_at, model: one.model, held: one.held_usd, sequence: one.held_sequence })),
  ]
  return (
    <>
      <header><h2 id="flight">In flight{rows.length > 0 && `: ${rows.length}`}</h2></header>
      {rows.length === 0 ? <p className="quiet">None.</p> : (
        <table className="cards">
          <thead><tr><th>Began</th><th>Model</th><th className="number">Held</th><th className="number">Event of the shard</th></tr></thead>
          <tbody>{rows.slice(0, 20).map((one) => (
            <tr key={one.id} data-request={one.id}>
              <td data-label="Began"><Link to="/requests/$requestId" params={{ requestId: one.id }}>{at(one.at)}</Link></td>
              <td data-label="Model">{one.model}</td><td data-label="Held" className="number">{dollars(one.held)}</td><td data-label="Event of the shard" className="number">{one.sequence}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
      {rows.length > 20 && <p className="hint">The newest 20 of them.</p>}
    </>
  )
}

/** Today and this month, and for how long what is available lasts as things go. */
function Spending({ amounts, available }: { amounts: { day?: string; charged_usd: string }[]; available: string }) {
  const today = day(new Date())
  const of = (from: string) => sum(amounts.filter((row) => (row.day ?? '') >= from).map((row) => row.charged_usd))
  const week = of(lastDays(Number(RATE_DAYS)).from)
  const left = week === 0n ? undefined : (parts(available) * RATE_DAYS) / week
  return (
    <>
      <div className="figure"><dt>Spent today</dt><dd><Link to="/requests" search={{ from: today }}>{exact(of(today))}</Link></dd></div>
      <div className="figure"><dt>Spent in {DAYS} days</dt><dd><Link to="/activity" search={{ by: 'day', ...lastDays(DAYS) }}>{exact(of(''))}</Link></dd></div>
      <div className="figure"><dt>Days left</dt><dd><Link to="/activity" search={{ by: 'day', ...lastDays(Number(RATE_DAYS)) }}>{left === undefined ? '–' : left > 9999n ? '> 9,999' : String(left)}</Link></dd>
        <dd className="hint">{left === undefined ? 'nothing spent in 7 days' : `at ${short(week / RATE_DAYS)} a day, of 7 days`}</dd></div>
    </>
  )
}

function FirstCredit() {
  return <div className="note"><h2>Add credit</h2><p>Every request is paid of the account’s credit, and none is left. USDC and USDT buy it, one dollar for each.</p><p><Link className="button primary" to="/top-up">To the account’s addresses</Link></p></div>
}

function FirstKey() {
  const all = useQuery(keys())
  return all.data?.data.every(isRunKey)
    ? <div className="note"><h2>Create your first key</h2><p>Your programs call models with an API key, and what they spend is shown here.</p><p><Link className="button primary" to="/keys">To the API keys</Link></p></div>
    : null
}
