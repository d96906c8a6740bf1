import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { parked } from '../queries'

export function ParkedPage() {
  const answer = useQuery(parked)
  return (
    <>
      <h1>Parked accounts</h1>
      <p>The ledger could not decide a record of theirs. It and all later ones of the account wait, in order, until somebody retries or skips it; all other accounts go on.</p>
      <section className="panel" aria-label="Parked accounts">
        <Shown of={answer}>{({ data }) => (
          <>
            <p><Source path="/operator/parked" data={answer.data} /></p>
            {data.length === 0 ? <Empty title="No account is parked" /> : (
              <table className="cards">
                <thead><tr><th>Account</th><th>Since</th><th className="number">Records</th><th>Why</th></tr></thead>
                <tbody>{data.map((one) => (
                  <tr key={one.account_id}><td data-label="Account"><Link to="/accounts/$account" params={{ account: one.account_id }}>{one.account_id}</Link></td><td data-label="Since">{at(one.since)}</td>
                    <td data-label="Records" className="number">{one.records}</td><td data-label="Why">{one.why}</td></tr>
                ))}</tbody>
              </table>
            )}
          </>
        )}</Shown>
      </section>
    </>
  )
}
