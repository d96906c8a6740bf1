import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dollars, exact, parts, short, sum } from '../api/money'
import { activity, credits, keys, lastDays, requests } from '../api/queries'
import { day, daysBetween, zone } from '../api/time'
import { DayChart } from '../parts/daychart'
import { RequestTable } from '../parts/requesttable'
import { AsOf, ofShard, sequence } from '../parts/source'
import { Empty, Shown } from '../parts/states'
import { mayHaveKeys, useSignedIn } from '../session'

const DAYS = 30
const RATE_DAYS = 7n

export function OverviewPage() {
  const { account } = useSignedIn()
  const range = lastDays(DAYS)
  const credit = useQuery(credits)
  const spent = useQuery(activity('day', range))
  const recent = useQuery(requests({}, 10))
  const held = recent.data?.data.filter((one) => one.status === 'held') ?? []
  const wrong = recent.data?.data.filter((one) => one.status === 'ended' && one.rule !== 'COMPLETED') ?? []
  const path = `/activity?group_by=day&zone=${encodeURIComponent(zone)}&from=${range.from}&to=${range.to}`
  return (
    <>
      <div className="title"><h1>{account.name}</h1><span className="tag">{account.role}</span></div>
      {mayHaveKeys(account.role) && <FirstKey />}
      <Shown of={credit}>{({ data }) => (
        <>
          <dl className="figures">
            <div className="figure"><dt>Credit available</dt><dd>{dollars(data.available_usd)}</dd></div>
            <div className="figure"><dt>Held now</dt><dd>{dollars(data.held_usd)}</dd></div>
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
        <header><h2 id="flight">In flight</h2><span className="hint">of the last ten</span></header>
        <Shown of={recent}>{() => held.length === 0 ? <p className="quiet">None.</p> : <RequestTable of={held} />}</Shown>
      </section>
      <section className="panel" aria-labelledby="recent">
        <header><h2 id="recent">Latest requests</h2>{recent.data && <AsOf asOf={ofShard(recent.data.as_of)} path="/requests?limit=10" data={recent.data} />}</header>
        <Shown of={recent}>{({ data }) => data.length === 0
          ? <Empty title="No requests yet" />
          : <><RequestTable of={data} />{wrong.length > 0 && <p className="hint">{wrong.length} of these ended otherwise than completed.</p>}<p><Link to="/requests">All requests</Link></p></>}</Shown>
      </section>
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
      <div className="figure"><dt>Spent today</dt><dd>{exact(of(today))}</dd></div>
      <div className="figure"><dt>Spent in {DAYS} days</dt><dd>{exact(of(''))}</dd></div>
      <div className="figure"><dt>Days left</dt><dd>{left === undefined ? '–' : left > 9999n ? '> 9,999' : String(left)}</dd>
        <dd className="hint">{left === undefined ? 'nothing spent in 7 days' : `at ${short(week / RATE_DAYS)} a day, of 7 days`}</dd></div>
    </>
  )
}

function FirstKey() {
  const all = useQuery(keys())
  return all.data?.data.length === 0
    ? <div className="note"><h2>Create your first key</h2><p>Your programs call models with an API key, and what they spend is shown here.</p><p><Link className="button primary" to="/keys">To the API keys</Link></p></div>
    : null
}
