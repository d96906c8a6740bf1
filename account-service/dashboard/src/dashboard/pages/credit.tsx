import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { download, type Schemas } from '../api/client'
import { dollars } from '../api/money'
import { credits, creditsOfAll, statement } from '../api/queries'
import { at } from '../api/time'
import { mayHavePapers, MonthlyStatements, OpenGrants, Paper } from '../parts/papers'
import { AsOf, sequence } from '../parts/source'
import { Empty, Problem, Shown } from '../parts/states'
import { mayTopUp, useSignedIn } from '../session'

/** Lines that add credit, and those that take it away: how a statement is read. */
const SIGNS: Record<string, string> = { grant: '+', transfer_in: '+', charge: '−', expiry: '−', revocation: '−', transfer_out: '−' }

export function CreditPage() {
  const { account } = useSignedIn()
  const credit = useQuery(account.role === 'developer' ? creditsOfAll : credits)
  /** What the statement has line by line, for who may see it. */
  const lines = (amount: string) => (account.role === 'developer' ? amount : <a href="#statement">{amount}</a>)
  return (
    <>
      <div className="title"><h1>Credits</h1>{mayTopUp(account.role) && <Link className="button primary" to="/top-up">Add credit</Link>}</div>
      <Shown of={credit}>{({ data }) => (
        <>
          <dl className="figures">
            <div className="figure"><dt>Available</dt><dd>{lines(dollars(data.available_usd))}</dd></div>
            <div className="figure"><dt>Held</dt><dd><Link to="/requests">{dollars(data.held_usd)}</Link></dd></div>
            <div className="figure"><dt>Granted</dt><dd>{lines(dollars(data.total_credits_usd))}</dd></div>
            <div className="figure"><dt>Charged</dt><dd><Link to="/activity">{dollars(data.total_usage_usd)}</Link></dd></div>
            <div className="figure"><dt>Expired</dt><dd>{lines(dollars(data.expired_usd))}</dd></div>
            <div className="figure"><dt>Taken back</dt><dd>{lines(dollars(data.revoked_usd))}</dd></div>
          </dl>
          <p><AsOf asOf={sequence(data.sequence)} path="/credits" data={credit.data} /></p>
        </>
      )}</Shown>
      {account.role === 'developer'
        ? <p className="quiet">The statement is for owners, admins, billing and viewers: it shows what all members did.</p>
        : <><OpenGrants />{mayHavePapers(account.role) && <MonthlyStatements />}<Statement hasPapers={mayHavePapers(account.role)} /></>}
    </>
  )
}

function Statement({ hasPapers }: { hasPapers: boolean }) {
  const [cursors, setCursors] = useState<string[]>([])
  const [failure, setFailure] = useState<Error>()
  const cursor = cursors.at(-1)
  const answer = useQuery(statement(cursor))
  const path = `/ledger?limit=50${cursor ? `&cursor=${cursor}` : ''}`
  return (
    <section className="panel" aria-labelledby="statement">
      <header><h2 id="statement">Statement</h2>
        <button onClick={() => download('/ledger?limit=1000', 'text/csv', 'statement.csv').then(() => setFailure(undefined), setFailure)}>The last 1,000 lines as CSV</button></header>
      {failure && <Problem error={failure} />}
      <Shown of={answer}>{({ data, next_cursor: next }) => data.length === 0
        ? <Empty title="Nothing has happened yet"><p>Credit that is granted to the account, and whatever is done with it, is listed here.</p></Empty>
        : (
          <>
            <p><AsOf asOf={sequence(data[0]?.sequence)} path={path} data={answer.data} /></p>
            <table className="cards">
              <thead><tr><th>Event</th><th>At</th><th>What</th><th className="number">Amount</th><th className="number">Held after</th><th className="number">Available after</th></tr></thead>
              <tbody>{data.map((line) => <Line key={line.sequence} of={line} hasPapers={hasPapers} />)}</tbody>
            </table>
            <p className="actions">
              {cursor && <button onClick={() => setCursors(cursors.slice(0, -1))}>Newer</button>}
              {next && <button onClick={() => setCursors([...cursors, next])}>Older</button>}
            </p>
          </>
        )}</Shown>
    </section>
  )
}

function Line({ of, hasPapers }: { of: Schemas['StatementLine']; hasPapers: boolean }) {
  const hasPaper = hasPapers && (of.type === 'grant' || of.type === 'transfer_in')
  const isRequest = ['hold', 'charge', 'release', 'refusal'].includes(of.type)
  return (
    <tr>
      <td data-label="Event">{of.sequence}</td>
      <td data-label="At">{at(of.at)}</td>
      <td data-label="What">
        <span>{isRequest && of.type !== 'refusal'
          ? <Link to="/requests/$requestId" params={{ requestId: of.request_id }}>{of.type}</Link>
          : of.type.replaceAll('_', ' ')}
          {of.model && ` of ${of.model}`}
          {(of.reason ?? of.reference) && <span className="hint"> {of.reason ?? of.reference}</span>}
          {of.expires_at && <span className="hint"> expires {at(of.expires_at)}</span>}</span>
        {hasPaper && <> <Paper path={`/credits/grants/${of.request_id}/receipt`} name={`receipt-${of.request_id}.pdf`} label="Receipt" /></>}
      </td>
      <td data-label="Amount" className="number">{SIGNS[of.type] ?? ''}{dollars(of.amount_usd)}</td>
      <td data-label="Held after" className="number">{dollars(of.held_usd)}</td>
      <td data-label="Available after" className="number">{dollars(of.available_usd)}</td>
    </tr>
  )
}
