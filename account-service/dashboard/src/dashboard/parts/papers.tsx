import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { download } from '../api/client'
import { dollars } from '../api/money'
import { grants } from '../api/queries'
import { at, day, zone } from '../api/time'
import { AsOf, sequence } from './source'
import { Empty, Problem, Shown } from './states'

const MONTHS = 12
const PDF = 'application/pdf'

/** A document of ours, made when it is asked for and kept where the reader keeps such. */
export function Paper({ path, name, label }: { path: string; name: string; label: string }) {
  const [state, setState] = useState<Error | 'making'>()
  const make = () => {
    setState('making')
    download(path, PDF, name).then(() => setState(undefined), setState)
  }
  return (
    <>
      <button disabled={state === 'making'} onClick={make}>{label}</button>
      {state instanceof Error && <Problem error={state} />}
    </>
  )
}

/** Who may have statements and receipts made. */
export function mayHavePapers(role: string) {
  return ['owner', 'admin', 'billing'].includes(role)
}

/** This month and those before it, in the reader's zone. */
function months(): string[] {
  const [year = 0, month = 0] = day(new Date()).split('-').map(Number)
  return Array.from({ length: MONTHS }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 15)).toISOString().slice(0, 7))
}

export function MonthlyStatements() {
  const [month, setMonth] = useState(() => months()[0] ?? '')
  return (
    <section className="panel" aria-labelledby="papers">
      <h2 id="papers">Statement of a month</h2>
      <p>Opening and closing balance, everything in between by day and route, and how to check it. Days of {zone}.</p>
      <div className="actions">
        <label htmlFor="month">Month</label>
        <select id="month" value={month} onChange={(event) => setMonth(event.target.value)}>
          {months().map((one) => <option key={one}>{one}</option>)}
        </select>
        <Paper key={month} path={`/statements/${month}?zone=${encodeURIComponent(zone)}`} name={`statement-${month}.pdf`} label="As PDF" />
      </div>
    </section>
  )
}

/** What is left of each grant, and until when. */
export function OpenGrants() {
  const answer = useQuery(grants)
  return (
    <section className="panel" aria-labelledby="grants">
      <header><h2 id="grants">Balance by grant</h2>{answer.data && <AsOf asOf={sequence(answer.data.sequence)} path="/credits/grants" data={answer.data} />}</header>
      <Shown of={answer}>{({ data, others, others_left_usd: left }) => data.length === 0
        ? <Empty title="No credit is left" />
        : (
          <>
            <p className="hint">Charges consume them in this order. What requests in flight hold is still in them.</p>
            <table className="cards">
              <thead><tr><th>At</th><th>Reference</th><th>Expires</th><th className="number">Granted</th><th className="number">Left</th></tr></thead>
              <tbody>{data.map((one) => (
                <tr key={one.grant_id}>
                  <td data-label="At">{at(one.granted_at)}</td>
                  <td data-label="Reference">{one.reference}</td>
                  <td data-label="Expires">{one.expires_at ? at(one.expires_at) : 'never'}</td>
                  <td data-label="Granted" className="number">{dollars(one.amount_usd)}</td>
                  <td data-label="Left" className="number">{dollars(one.left_usd)}</td>
                </tr>
              ))}</tbody>
            </table>
            {others > 0 && <p className="hint">{dollars(left)} more are left of {others} others.</p>}
          </>
        )}</Shown>
    </section>
  )
}
