import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { download, type Schemas } from '../api/client'
import { dollars, exact, sum } from '../api/money'
import { activity, keys, lastDays, members, type RequestFilter } from '../api/queries'
import { dayAfter, daysBetween, zone } from '../api/time'
import { DayChart } from '../parts/daychart'
import { AsOf, ofShard } from '../parts/source'
import { Empty, Problem, Shown } from '../parts/states'
import { useSignedIn } from '../session'

type Row = Schemas['Activity']['data'][number]

export interface ActivityView { by?: string; then?: string; from?: string; to?: string }

const GROUPS: [string, string][] = [['day', 'Day'], ['route', 'Model'], ['key', 'Key'], ['member', 'Member'], ['rule', 'Outcome'], ['tag', 'Tag']]
const USUAL_DAYS = 30

export function ActivityPage() {
  const view = useSearch({ from: '/activity' })
  const navigate = useNavigate({ from: '/activity' })
  const [failure, setFailure] = useState<Error>()
  const usual = lastDays(USUAL_DAYS)
  const [from, to, by, then] = [view.from ?? usual.from, view.to ?? usual.to, view.by ?? 'day', view.then ?? '']
  const groups = then && then !== by ? [by, then] : [by]
  const range = { from, to }
  const answer = useQuery(activity(groups.join(','), range))
  const path = `/activity?${new URLSearchParams({ group_by: groups.join(','), zone, ...range })}`
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = Object.fromEntries([...new FormData(event.currentTarget)].filter(([, value]) => value !== ''))
    void navigate({ search: said as ActivityView })
  }
  return (
    <>
      <h1>Activity</h1>
      <form className="panel" onSubmit={show} key={JSON.stringify(view)} aria-label="What to show">
        <div className="row">
          <div className="field"><label htmlFor="by">By</label><select id="by" name="by" defaultValue={by}>{GROUPS.map(([name, label]) => <option key={name} value={name}>{label}</option>)}</select></div>
          <div className="field"><label htmlFor="then">And by</label><select id="then" name="then" defaultValue={then}><option value="">nothing more</option>{GROUPS.map(([name, label]) => <option key={name} value={name}>{label}</option>)}</select></div>
          <div className="field"><label htmlFor="from">From</label><input id="from" name="from" type="date" defaultValue={from} /></div>
          <div className="field"><label htmlFor="to">Up to, not included</label><input id="to" name="to" type="date" defaultValue={to} /></div>
        </div>
        <div className="actions"><button className="primary">Show</button>
          <button type="button" onClick={() => download(path, 'text/csv', 'activity.csv').then(() => setFailure(undefined), setFailure)}>CSV</button>
          <span className="hint">Days of {zone}</span></div>
        {failure && <Problem error={failure} />}
      </form>
      <Shown of={answer}>{(data) => (
        <section className="panel" aria-label="Activity">
          <header><AsOf asOf={ofShard(data.as_of)} path={path} data={data} /></header>
          {data.data.length === 0 ? <Empty title="Nothing was used in that time" /> : (
            <>
              {groups.length === 1 && by === 'day' && !data.next_cursor && (
                <DayChart what="Charged" days={daysBetween(from, to).map((day) => ({ day, usd: data.data.find((row) => row.day === day)?.charged_usd ?? '0.00' }))} />
              )}
              <Table rows={data.data} groups={groups} range={range} />
              <p className="hint">A number of requests opens those that began in that time. What began before midnight and ended after it counts for the day on which it ended.</p>
              {data.next_cursor && <p className="hint">There is more than one page holds: the CSV and the request behind this go on, or choose a shorter time.</p>}
            </>
          )}
        </section>
      )}</Shown>
    </>
  )
}

function Table({ rows, groups, range }: { rows: Row[]; groups: string[]; range: { from: string; to: string } }) {
  const { account } = useSignedIn()
  const all = useQuery({ ...keys(), enabled: groups.includes('key') })
  const people = useQuery({ ...members, enabled: groups.includes('member') && account.role !== 'developer' })
  const named = (row: Row, group: string) => {
    switch (group) {
      case 'day': return row.day ?? '–'
      case 'route': return row.model ?? '–'
      case 'rule': return (row.rule ?? '–').toLowerCase().replaceAll('_', ' ')
      case 'tag': return row.tag ?? 'none'
      case 'key': return all.data?.data.find((key) => key.key_id === row.key_id)?.label ?? row.key_id ?? 'not known'
      default: return people.data?.data.find((member) => member.member_id === row.member_id)?.email ?? row.member_id ?? 'the account itself'
    }
  }
  const total = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0).toLocaleString('en-US')
  return (
    <table className="cards">
      <thead><tr>{groups.map((group) => <th key={group}>{labelOf(group)}</th>)}
        <th className="number">Requests</th><th className="number">Prompt</th><th className="number">Cached</th><th className="number">Completion</th><th className="number">Reasoning</th><th className="number">Charged</th></tr></thead>
      <tbody>
        {rows.map((row, place) => (
          <tr key={place}>
            {groups.map((group) => <td key={group} data-label={labelOf(group)}>{named(row, group)}</td>)}
            <td data-label="Requests" className="number"><Link to="/requests" search={requestsOf(row, range)}>{row.requests.toLocaleString('en-US')}</Link></td>
            <td data-label="Prompt tokens" className="number">{row.prompt_tokens.toLocaleString('en-US')}</td>
            <td data-label="of them cached" className="number">{row.cached_prompt_tokens.toLocaleString('en-US')}</td>
            <td data-label="Completion tokens" className="number">{row.completion_tokens.toLocaleString('en-US')}</td>
            <td data-label="of them reasoning" className="number">{row.reasoning_tokens.toLocaleString('en-US')}</td>
            <td data-label="Charged" className="number">{dollars(row.charged_usd)}</td>
          </tr>
        ))}
        {/* Under several tags a request counts several times: a sum would be of nothing. */}
        {!groups.includes('tag') && (
          <tr>
            <td colSpan={groups.length}><strong>Together</strong></td>
            <td data-label="Requests" className="number"><Link to="/requests" search={range}>{total((row) => row.requests)}</Link></td>
            <td data-label="Prompt tokens" className="number">{total((row) => row.prompt_tokens)}</td>
            <td data-label="of them cached" className="number">{total((row) => row.cached_prompt_tokens)}</td>
            <td data-label="Completion tokens" className="number">{total((row) => row.completion_tokens)}</td>
            <td data-label="of them reasoning" className="number">{total((row) => row.reasoning_tokens)}</td>
            <td data-label="Charged" className="number">{exact(sum(rows.map((row) => row.charged_usd)))}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

/** What is asked for to see what a row sums. */
function requestsOf(row: Row, range: { from: string; to: string }): RequestFilter {
  const wanted = {
    ...(row.day ? { from: row.day, to: dayAfter(row.day, 1) } : range),
    model: row.model, key: row.key_id, member: row.member_id, rule: row.rule, tag: row.tag,
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value)) as RequestFilter
}

function labelOf(group: string) {
  return GROUPS.find(([name]) => name === group)?.[1] ?? group
}
