import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { dollars } from '../../dashboard/api/money'
import { at } from '../../dashboard/api/time'
import { AsOf, sequence } from '../../dashboard/parts/source'
import { Empty, Shown } from '../../dashboard/parts/states'
import { Keys } from '../parts/keys'
import { Limits } from '../parts/limits'
import { Members } from '../parts/members'
import { Correct, Grant, Transfer } from '../parts/money'
import { Pages, usePages } from '../parts/pages'
import { ParkedRecords } from '../parts/parkedrecords'
import { balance, profile, statement, statementPath } from '../queries'
import { useOperator } from '../session'

/** Everything of one account. Another's page is another page: nothing that was typed on one stands on the next. */
export function AccountPage() {
  const { account } = useParams({ from: '/accounts/$account' })
  return <Account key={account} account={account} />
}

function Account({ account }: { account: string }) {
  const operator = useOperator()
  const who = useQuery(profile(account))
  return (
    <>
      <p><Link to="/accounts" search={{}}>Accounts</Link></p>
      <div className="title"><h1>{who.data?.name ?? 'Account'}</h1>
        {operator.has('treasury') && <div className="actions"><Grant account={account} /><Transfer account={account} /></div>}</div>
      <Shown of={who}>{(data) => (
        <>
          <p className="actions"><span className="code">{account}</span><span className="tag">{data.kind}</span>
            {operator.has('auditor') && <Link to="/trail" search={{ account }}>What was done to it</Link>}</p>
          <Balance account={account} />
          <Statement account={account} />
          {operator.has('support', 'auditor') && <><Members account={account} /><Keys account={account} /></>}
          <Limits account={account} />
          <ParkedRecords account={account} />
        </>
      )}</Shown>
    </>
  )
}

function Balance({ account }: { account: string }) {
  const answer = useQuery(balance(account))
  return (
    <Shown of={answer}>{(data) => (
      <>
        <dl className="figures">
          <div className="figure"><dt>Available</dt><dd>{dollars(data.available_usd)}</dd></div>
          <div className="figure"><dt>Held by {data.open_holds} requests</dt><dd>{dollars(data.held_usd)}</dd></div>
          <div className="figure"><dt>Granted</dt><dd>{dollars(data.granted_usd)}</dd></div>
          <div className="figure"><dt>Charged</dt><dd>{dollars(data.charged_usd)}</dd></div>
          <div className="figure"><dt>Expired</dt><dd>{dollars(data.expired_usd)}</dd></div>
          <div className="figure"><dt>Taken back</dt><dd>{dollars(data.revoked_usd)}</dd></div>
        </dl>
        <p><AsOf asOf={sequence(data.sequence)} path={`/operator/accounts/${account}`} data={answer.data} /></p>
      </>
    )}</Shown>
  )
}

/** Lines that add credit, and those that take it away: how a statement is read. */
const SIGNS: Record<string, string> = { grant: '+', transfer_in: '+', charge: '−', expiry: '−', revocation: '−', transfer_out: '−' }

/** What a correction can make good. */
const CORRECTABLE = ['grant', 'charge', 'expiry', 'revocation', 'transfer_in', 'transfer_out']

function Statement({ account }: { account: string }) {
  const operator = useOperator()
  const pages = usePages()
  const answer = useQuery(statement(account, pages.cursor))
  return (
    <section className="panel" aria-labelledby="statement">
      <header><h2 id="statement">Statement</h2></header>
      <Shown of={answer}>{({ data, next_cursor: next }) => data.length === 0
        ? <Empty title="Nothing has happened yet" />
        : (
          <>
            <p><AsOf asOf={sequence(data[0]?.sequence)} path={statementPath(account, pages.cursor)} data={answer.data} /></p>
            <table className="cards">
              <thead><tr><th>Event</th><th>At</th><th>What</th><th className="number">Amount</th><th className="number">Available after</th>{operator.has('treasury') && <th><span className="hint">Correct</span></th>}</tr></thead>
              <tbody>{data.map((line) => (
                <tr key={line.sequence}>
                  <td data-label="Event">{line.sequence}</td>
                  <td data-label="At">{at(line.at)}</td>
                  <td data-label="What"><span>{line.type.replaceAll('_', ' ')}{line.model && ` of ${line.model}`}{(line.reason ?? line.reference) && <span className="hint"> {line.reason ?? line.reference}</span>}</span></td>
                  <td data-label="Amount" className="number">{SIGNS[line.type]}{dollars(line.amount_usd)}</td>
                  <td data-label="Available after" className="number">{dollars(line.available_usd)}</td>
                  {operator.has('treasury') && <td>{CORRECTABLE.includes(line.type) && <Correct account={account} of={line} />}</td>}
                </tr>
              ))}</tbody>
            </table>
            <Pages of={pages} next={next} />
          </>
        )}</Shown>
    </section>
  )
}
