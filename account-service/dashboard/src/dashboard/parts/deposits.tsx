import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../api/client'
import { dollars } from '../api/money'
import { deposits, isOpen } from '../api/queries'
import { at } from '../api/time'
import { Source } from './source'
import { Empty, Shown } from './states'

type Deposit = Schemas['Deposit']

const MEANING: Record<Deposit['state'], string> = {
  seen: 'In a block that may still go away; not credited yet.',
  confirming: 'Blocks lie above it; it may still go away, and is not credited yet.',
  orphaned: 'Its block is gone. If the transaction is mined again, it goes on from here.',
  final: 'Arrived for good; it is being credited.',
  rejected: 'Arrived for good, and is not credited.',
  credited: 'It is credit now.',
}

/**
 * Everything that reached the account's addresses.
 *
 * @param awaited a transaction that is to be among it any moment
 */
export function Deposits({ names, awaited }: { names: Record<string, string>; awaited?: string }) {
  const [cursors, setCursors] = useState<string[]>([])
  const cursor = cursors.at(-1)
  const answer = useQuery(deposits(cursor, awaited))
  const path = `/deposits?limit=20${cursor ? `&cursor=${cursor}` : ''}`
  return (
    <section className="panel" aria-labelledby="deposits">
      <header><h2 id="deposits">Deposits</h2>{answer.data && <Source path={path} data={answer.data} />}</header>
      <Shown of={answer}>{(page) => page.data.length === 0
        ? <Empty title="Nothing has arrived yet"><p>{page.enabled ? 'What is paid to the account is listed here seconds after it is in a block.' : page.explanation}</p></Empty>
        : (
          <>
            <table className="cards">
              <thead><tr><th>Seen</th><th>State</th><th className="number">Amount</th><th className="number">Credit</th><th>Chain and transaction</th></tr></thead>
              <tbody aria-live="polite">{page.data.map((deposit) => <Row key={deposit.id} of={deposit} chain={names[deposit.chain_id] ?? deposit.chain_id} />)}</tbody>
            </table>
            {page.not_listed > 0 && <p className="hint">{page.not_listed} more arrivals of tokens that are worth nothing are not listed: there were too many of them in a day.</p>}
            <p className="actions">
              {cursor && <button onClick={() => setCursors(cursors.slice(0, -1))}>Newer</button>}
              {page.next_cursor && <button onClick={() => setCursors([...cursors, page.next_cursor!])}>Older</button>}
            </p>
          </>
        )}</Shown>
    </section>
  )
}

/** As people compare them; the whole is in the title and the JSON. */
const short = (hash: string) => `${hash.slice(0, 10)}…${hash.slice(-8)}`

const trimmed = (amount: string) => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount)

function Row({ of, chain }: { of: Deposit; chain: string }) {
  const tone = of.state === 'credited' ? 'tag good' : of.state === 'rejected' ? 'tag bad' : 'tag'
  return (
    <tr data-deposit={of.id} data-state={of.state}>
      <td data-label="Seen">{at(of.seen_at)}</td>
      <td data-label="State"><span><span className={tone}>{of.state}</span>{' '}
        <span className="hint">{of.waits_for ? `Arrived for good; it waits: ${of.waits_for}` : of.explanation ?? MEANING[of.state]}</span>
        {of.remedy && <span className="hint"> {of.remedy}</span>}</span></td>
      <td data-label="Amount" className="number">{of.amount ? trimmed(of.amount) : of.amount_atomic} {of.token ?? (of.contract ? 'of another token' : 'of the chain’s coin')}</td>
      <td data-label="Credit" className="number">{isOpen(of) || of.state === 'credited' ? dollars(of.amount_usd) : '–'}</td>
      <td data-label="Chain and transaction"><span>{chain}{of.test && <> <span className="tag">test</span></>} <span className="code hint" title={of.transaction_hash}>{short(of.transaction_hash)}</span></span></td>
    </tr>
  )
}
