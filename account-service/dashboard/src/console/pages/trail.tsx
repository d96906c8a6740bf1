import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { at } from '../../dashboard/api/time'
import { Source } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { Field, textOf } from '../parts/act'
import { Pages, usePages } from '../parts/pages'
import { trail, trailPath } from '../queries'

/** Who did what, from where and why. */
export function TrailPage() {
  const { account } = useSearch({ from: '/trail' })
  const navigate = useNavigate()
  const pages = usePages()
  const answer = useQuery(trail(account, pages.cursor))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    pages.first()
    void navigate({ to: '/trail', search: { account: textOf(new FormData(event.currentTarget), 'account') || undefined } })
  }
  return (
    <>
      <h1>Audit trail</h1>
      <form className="row" onSubmit={submit}>
        <Field name="account" label="Of an account" hint="its id; empty: everything" maxLength={100} defaultValue={account ?? ''} key={account} />
        <div className="field"><button>Show</button></div>
      </form>
      <section className="panel" aria-label="Audit trail">
        <Shown of={answer}>{({ data, next_cursor: next }) => data.length === 0 ? <Empty title="Nothing was done yet" /> : (
          <>
            <p><Source path={trailPath(account, pages.cursor)} data={answer.data} /></p>
            <table className="cards">
              <thead><tr><th className="when">At</th><th>Who</th><th>What</th><th>Of</th><th>Why</th></tr></thead>
              <tbody>{data.map((one) => (
                <tr key={`${one.request_id} ${one.at} ${one.action} ${one.subject}`}>
                  <td data-label="At">{at(one.at)}</td>
                  <td data-label="Who"><span>{one.actor ?? 'unknown'}<span className="hint"> {one.address}</span></span></td>
                  <td data-label="What"><span>{one.action}<span className="hint"> {one.detail}</span></span></td>
                  <td data-label="Of"><span>{one.account_id ? <Link to="/accounts/$account" params={{ account: one.account_id }}>{one.account_id}</Link> : ''} {one.subject !== one.account_id && one.subject}</span></td>
                  <td data-label="Why">{one.reason ?? '–'}</td>
                </tr>
              ))}</tbody>
            </table>
            <Pages of={pages} next={next} />
          </>
        )}</Shown>
      </section>
    </>
  )
}
